// SPDX-License-Identifier: Apache-2.0
/**
 * Files of PyTorch: tensors, state dicts, checkpoints that hold one. Begin reading at {@link
 * dev.kairos.tensor.torch.TorchFile}. Two forms are read, the zip archive of version 1.6 and later
 * and the stream of pickles before it; written is the archive. What the file says about its tensors
 * is a pickle, read by {@link dev.kairos.tensor.pickle.PickleReader} with its whitelist.
 *
 * <ul>
 *   <li>{@code KFMT-014}: not a file of PyTorch, or one that breaks its form
 *   <li>{@code KFMT-015}: elements that are missing, of another number, or too many
 *   <li>{@code KFMT-016}: no tensor or no state dict in it, or several
 * </ul>
 */
package dev.kairos.tensor.torch;
