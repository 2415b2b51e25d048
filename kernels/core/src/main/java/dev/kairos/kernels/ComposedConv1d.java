// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels;

/**
 * Convolution over time as matrix products over overlapping views: row t of a recording starts
 * {@code stride * Cin} elements after the row before it and holds all taps, or, where dilation
 * pulls the taps apart, one.
 */
final class ComposedConv1d {
  private final Backend backend;
  private final Conv1dGeometry g;

  /** Taps that lie next to each other, for one product. */
  private final int together;

  private final int paddedTime;

  private ComposedConv1d(Backend backend, Conv1dGeometry g) {
    this.backend = backend;
    this.g = g;
    this.together = g.dilation() == 1 ? g.kernel() : 1;
    this.paddedTime = g.time() + 2 * g.padding();
  }

  static void forward(Backend backend, Conv1dGeometry g, Strided x, Strided w, Strided out) {
    if (out.count() == 0) {
      return;
    }
    ComposedConv1d conv = new ComposedConv1d(backend, g);
    try (Scratch scratch = new Scratch(backend)) {
      Strided padded = conv.padded(scratch, x);
      Strided rows = conv.outputs(out);
      for (int tap = 0; tap < g.kernel(); tap += conv.together) {
        backend.matmul(conv.windows(padded, tap), conv.weights(w, tap, g.batch()), true, rows);
      }
    }
  }

  static void inputGradient(Backend backend, Conv1dGeometry g, Strided dy, Strided w, Strided dx) {
    if (dy.count() == 0 || dx.count() == 0) {
      return;
    }
    ComposedConv1d conv = new ComposedConv1d(backend, g);
    try (Scratch scratch = new Scratch(backend)) {
      Strided padded = scratch.reals(g.batch(), conv.paddedTime, g.inputChannels());
      backend.fill(padded, 0);
      Strided product = scratch.reals(g.batch(), g.outputTime(), g.inputChannels());
      for (int tap = 0; tap < g.kernel(); tap++) {
        int offset = w.offset() + tap * g.inputChannels() * g.outputChannels();
        int[] sizes = {g.batch(), g.outputChannels(), g.inputChannels()};
        Strided turned = w.view(offset, sizes, new int[] {0, 1, g.outputChannels()});
        backend.matmul(conv.outputs(dy), turned, false, product);
        // One tap at a time: what its rows read never overlaps.
        Strided rows = conv.windows(padded, tap, 1);
        backend.zip(ZipFunction.ADD, rows, product, rows);
      }
      Strided whole = conv.inputs(dx);
      backend.zip(ZipFunction.ADD, whole, conv.inside(padded), whole);
    }
  }

  static void weightGradient(Backend backend, Conv1dGeometry g, Strided x, Strided dy, Strided dw) {
    if (dy.count() == 0 || dw.count() == 0) {
      return;
    }
    ComposedConv1d conv = new ComposedConv1d(backend, g);
    int rows = g.batch() * g.outputTime();
    try (Scratch scratch = new Scratch(backend)) {
      Strided padded = conv.padded(scratch, x);
      for (int tap = 0; tap < g.kernel(); tap += conv.together) {
        Strided windows = conv.windows(padded, tap);
        // One sum over all recordings: their rows must follow each other in even steps.
        boolean even = g.batch() == 1 || windows.stride(0) == g.outputTime() * windows.stride(1);
        Strided all = even ? windows : scratch.copy(windows);
        int width = windows.size(2);
        Strided turned =
            all.view(all.offset(), new int[] {width, rows}, new int[] {1, all.stride(1)});
        int[] sizes = {rows, g.outputChannels()};
        Strided gradient = dy.view(dy.offset(), sizes, Strided.contiguousStrides(sizes));
        Strided weights = conv.weights(dw, tap, 1);
        backend.matmul(turned, gradient, true, weights.axes(1, 3, weights.offset()));
      }
    }
  }

  /** The input between zeros, {@code [N, T + 2 padding, Cin]}; the input itself without padding. */
  private Strided padded(Scratch scratch, Strided x) {
    if (g.padding() == 0) {
      return inputs(x);
    }
    Strided padded = scratch.reals(g.batch(), paddedTime, g.inputChannels());
    backend.fill(padded, 0);
    backend.copy(inputs(x), inside(padded));
    return padded;
  }

  private Strided inputs(Strided x) {
    int[] sizes = {g.batch(), g.time(), g.inputChannels()};
    return x.view(x.offset(), sizes, Strided.contiguousStrides(sizes));
  }

  private Strided outputs(Strided y) {
    int[] sizes = {g.batch(), g.outputTime(), g.outputChannels()};
    return y.view(y.offset(), sizes, Strided.contiguousStrides(sizes));
  }

  /** What the padding surrounds. */
  private Strided inside(Strided padded) {
    int channels = g.inputChannels();
    return padded.view(
        padded.offset() + g.padding() * channels,
        new int[] {g.batch(), g.time(), channels},
        new int[] {paddedTime * channels, channels, 1});
  }

  private Strided windows(Strided padded, int tap) {
    return windows(padded, tap, together);
  }

  /** What neighbouring taps read: {@code [N, Tout, taps * Cin]}. */
  private Strided windows(Strided padded, int tap, int taps) {
    int channels = g.inputChannels();
    return padded.view(
        padded.offset() + tap * g.dilation() * channels,
        new int[] {g.batch(), g.outputTime(), taps * channels},
        new int[] {paddedTime * channels, g.stride() * channels, 1});
  }

  /** The weights of neighbouring taps for each of some recordings: {@code [.., taps Cin, Cout]}. */
  private Strided weights(Strided w, int tap, int recordings) {
    int rows = together * g.inputChannels();
    return w.view(
        w.offset() + tap * g.inputChannels() * g.outputChannels(),
        new int[] {recordings, rows, g.outputChannels()},
        new int[] {0, g.outputChannels(), 1});
  }
}
