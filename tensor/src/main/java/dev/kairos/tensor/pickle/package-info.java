// SPDX-License-Identifier: Apache-2.0
/**
 * Python pickles that hold numbers, texts, arrays and tensors, read without running anything of
 * them. Begin reading at {@link dev.kairos.tensor.pickle.Pickle}; {@code PickleMachine} is the
 * interpreter of the format's instructions, {@code Whitelist} the complete list of names that a
 * file may ask for.
 *
 * <p>A pickle is a program. Ours knows no classes, only a fixed set of values ({@link
 * dev.kairos.tensor.pickle.PickleValue}); a name outside the list ends the reading. No memory is
 * taken before the file is known to hold what it announces, and never more than half of what the
 * Java machine has. The format is that of Python's module {@code pickletools}, protocols 0 to 5.
 *
 * <ul>
 *   <li>{@code KFMT-011}: not a pickle, or one that breaks the format
 *   <li>{@code KFMT-012}: asks for a name that is not on the list, or for more than it allows
 *   <li>{@code KFMT-013}: would take more memory, or nest deeper, than is allowed
 * </ul>
 */
package dev.kairos.tensor.pickle;
