// SPDX-License-Identifier: Apache-2.0
/**
 * Trainings over a cluster: one run whose shards many tasks compute, begin at {@link
 * dev.kairos.spark.training.ClusterTraining}.
 */
@NullMarked
package dev.kairos.spark.training;

import org.jspecify.annotations.NullMarked;
