// SPDX-License-Identifier: Apache-2.0
/** The methods over a cluster, on Apache Spark: begin at {@link dev.kairos.spark.KairosSpark}. */
@NullMarked
package dev.kairos.spark;

import org.jspecify.annotations.NullMarked;
