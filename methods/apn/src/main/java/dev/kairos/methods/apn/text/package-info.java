// SPDX-License-Identifier: Apache-2.0
/**
 * Vectors of class names, which visual features are compared with: codes of their words, or CLIP's
 * text tower with its tokens and weights. Begin reading at {@link
 * dev.kairos.methods.apn.text.ClassTexts}.
 *
 * <p>The paper has CLIP's vectors of prompts and shows one of them; which others it had is not
 * known ({@link dev.kairos.methods.apn.text.Prompts}).
 *
 * <p>Files that are not what they should be are a {@link dev.kairos.tensor.io.DataFormatException}:
 *
 * <ul>
 *   <li>{@code KFMT-401}: no text tower of CLIP
 *   <li>{@code KFMT-402}: a tensor of it is missing
 *   <li>{@code KFMT-403}: a tensor has another shape
 *   <li>{@code KFMT-404}: a tensor is of another type
 *   <li>{@code KFMT-405}: numbers that are not finite
 *   <li>{@code KFMT-406}: a width that the number of heads does not divide, or does not say
 *   <li>{@code KFMT-407}: a tower for another vocabulary
 *   <li>{@code KFMT-411}: not the vocabulary of CLIP
 * </ul>
 */
package dev.kairos.methods.apn.text;
