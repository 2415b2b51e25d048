// SPDX-License-Identifier: Apache-2.0
/**
 * Linear programs by names: variables and rows that are added, changed and solved again from where
 * the last solve ended. Depends on the data and on the general solver. Begin reading at {@link
 * dev.kairos.lp.model.LpModel}.
 */
package dev.kairos.lp.model;
