// SPDX-License-Identifier: Apache-2.0
/**
 * Networks that several methods build on.
 *
 * <ul>
 *   <li>{@link dev.kairos.methods.backbone.BasnetModel}: BaS-Net's filtering module, CAS module and
 *       two branches
 *   <li>{@link dev.kairos.methods.backbone.BasnetLosses}: its losses on video scores and the norm
 *   <li>{@link dev.kairos.methods.backbone.SnippetAttention}: STPN's weight of each snippet
 * </ul>
 */
package dev.kairos.methods.backbone;
