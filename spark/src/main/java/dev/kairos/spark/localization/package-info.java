// SPDX-License-Identifier: Apache-2.0
/**
 * Localising on the machines of a cluster: recordings of a folder, begin at {@link
 * dev.kairos.spark.localization.ClusterLocalization}.
 */
@NullMarked
package dev.kairos.spark.localization;

import org.jspecify.annotations.NullMarked;
