// SPDX-License-Identifier: Apache-2.0
/** What docs/spark.md says of speed, measured by {@code spark/measure}. */
@NullMarked
package dev.kairos.spark.measure;

import org.jspecify.annotations.NullMarked;
