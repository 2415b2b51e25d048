// SPDX-License-Identifier: Apache-2.0
/**
 * Localising as a stage of a pipeline of Spark ML: begin at {@link
 * dev.kairos.spark.ml.ActionLocalizer}.
 */
@NullMarked
package dev.kairos.spark.ml;

import org.jspecify.annotations.NullMarked;
