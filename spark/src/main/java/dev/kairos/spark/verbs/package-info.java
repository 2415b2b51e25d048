// SPDX-License-Identifier: Apache-2.0
/** What a verb over a cluster is, and the verbs of the command that run there as they are. */
@NullMarked
package dev.kairos.spark.verbs;

import org.jspecify.annotations.NullMarked;
