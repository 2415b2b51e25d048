// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

import dev.kairos.kernels.Backend;
import dev.kairos.kernels.Buffer;
import dev.kairos.kernels.ForwardingBackend;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A backend that counts the buffers it hands out and takes back, and can spoil them: reals become
 * NaN and positions lie far outside. New buffers are spoilt from the start, and so are those that
 * come back, once each.
 */
public final class ProbedBackend {
  private final Backend target;
  private final Backend probed;
  private final List<Buffer> buffers = new ArrayList<>();
  private int allocations;

  /** Around a backend that does the work. */
  public ProbedBackend(Backend target) {
    this.target = target;
    this.probed = new Probe(target);
  }

  private final class Probe extends ForwardingBackend {
    Probe(Backend target) {
      super(target);
    }

    @Override
    public Buffer allocate(int length) {
      return handOut(super.allocate(length));
    }

    @Override
    public Buffer allocateIndices(int length) {
      return handOut(super.allocateIndices(length));
    }

    @Override
    public void release(Buffer buffer) {
      takeBack(buffer);
      super.release(buffer);
    }
  }

  /** What an engine is given. */
  public Backend backend() {
    return probed;
  }

  /** How many buffers were handed out. */
  public int allocations() {
    return allocations;
  }

  /** How many of them have not come back. */
  public int open() {
    return buffers.size();
  }

  private Buffer handOut(Buffer buffer) {
    buffers.add(buffer);
    allocations++;
    spoil(buffer);
    return buffer;
  }

  private void takeBack(Buffer buffer) {
    if (!buffers.removeIf(each -> each == buffer)) {
      throw new AssertionError("released twice, or never handed out: " + buffer.length());
    }
    spoil(buffer);
  }

  /** Spoils every buffer that is out; no tensor may be in use. */
  public void spoil() {
    buffers.forEach(this::spoil);
  }

  private void spoil(Buffer buffer) {
    if (buffer.isIndices()) {
      int[] far = new int[buffer.length()];
      Arrays.fill(far, Integer.MIN_VALUE);
      target.write(buffer, 0, far, 0, far.length);
    } else {
      double[] nan = new double[buffer.length()];
      Arrays.fill(nan, Double.NaN);
      target.write(buffer, 0, nan, 0, nan.length);
    }
  }
}
