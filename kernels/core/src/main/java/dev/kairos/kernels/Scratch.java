// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Buffers for the steps of one composed primitive, given back to the backend when it is done. */
final class Scratch implements AutoCloseable {
  private final Backend backend;
  private final List<Buffer> buffers = new ArrayList<>();

  Scratch(Backend backend) {
    this.backend = backend;
  }

  /** Reals with any content, in rows without gaps. */
  Strided reals(int... sizes) {
    return Strided.contiguous(
        kept(backend.allocate(Arrays.stream(sizes).reduce(1, Math::multiplyExact))), sizes);
  }

  /** A factor or addend that is the same everywhere, seen in any sizes. */
  Strided constant(double value, int... sizes) {
    Strided one = reals();
    backend.fill(one, value);
    return one.view(0, sizes.clone(), new int[sizes.length]);
  }

  /** Whole numbers as given, one after the other. */
  Strided indices(int... values) {
    Buffer made = kept(backend.allocateIndices(values.length));
    backend.write(made, 0, values, 0, values.length);
    return Strided.contiguous(made, values.length);
  }

  /** The elements of a view in a buffer of their own, in rows without gaps. */
  Strided copy(Strided view) {
    Strided made = reals(view.sizes());
    backend.copy(view, made);
    return made;
  }

  private Buffer kept(Buffer made) {
    buffers.add(made);
    return made;
  }

  @Override
  public void close() {
    buffers.forEach(backend::release);
  }
}
