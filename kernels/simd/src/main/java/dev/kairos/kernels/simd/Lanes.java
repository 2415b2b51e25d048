// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** The one vector width all loops use: the processor's, at most 512 bits. */
final class Lanes {
  /** The width of the sums: partial sums are kept in this many lanes, whatever the processor. */
  static final int VIRTUAL = 16;

  static final VectorSpecies<Float> FLOAT = choose();

  /** Floats per vector: 4, 8 or 16 (2 where the processor has no vectors). */
  static final int COUNT = FLOAT.length();

  private Lanes() {}

  /** Bits of the widest vector of floats that the processor and the JVM like. */
  static int preferredBits() {
    return FloatVector.SPECIES_PREFERRED.vectorBitSize();
  }

  /** Tests set {@code kairos.simd.bits} to 128, 256 or 512 to see other widths. */
  private static VectorSpecies<Float> choose() {
    int bits = Integer.getInteger("kairos.simd.bits", Math.min(512, preferredBits()));
    return VectorSpecies.of(float.class, VectorShape.forBitSize(bits));
  }
}
