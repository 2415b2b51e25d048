// SPDX-License-Identifier: Apache-2.0
/** Sessions for tests: begin at {@link dev.kairos.spark.harness.Master}. */
@NullMarked
package dev.kairos.spark.harness;

import org.jspecify.annotations.NullMarked;
