// SPDX-License-Identifier: Apache-2.0
/**
 * The 50 Salads cooking videos, as scores of a classifier, as a data folder: {@link
 * dev.kairos.methods.salads.SaladsConverter}.
 */
package dev.kairos.methods.salads;
