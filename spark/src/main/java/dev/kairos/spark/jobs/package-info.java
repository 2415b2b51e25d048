// SPDX-License-Identifier: Apache-2.0
/** Jobs of independent tasks: begin at {@link dev.kairos.spark.jobs.SparkJob}. */
@NullMarked
package dev.kairos.spark.jobs;

import org.jspecify.annotations.NullMarked;
