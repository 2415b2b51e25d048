// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels;

import java.util.function.Consumer;

/** Convolution from what each tap gives: for each tap, products of views and their sums. */
final class ComposedTaps {
  private ComposedTaps() {}

  /**
   * The steps that one tap reads inside the input, seen {@code [M,N,steps,Cout]}.
   *
   * @param tap its number
   * @param count steps
   * @param input first step of the input
   * @param output first step of the output
   */
  private record Steps(Conv1dGeometry g, int copies, int tap, int count, int input, int output) {
    int[] sizes() {
      return new int[] {copies, g.batch(), count, g.outputChannels()};
    }

    /** Of the taps, the same for each weighing. */
    Strided taps(Strided taps) {
      int row = g.outputChannels();
      int recording = g.time() * row;
      return taps.view(
          taps.offset() + tap * g.batch() * recording + input * row,
          sizes(),
          new int[] {0, recording, g.stride() * row, 1});
    }

    /** Of the factors, the same for each channel. */
    Strided factors(Strided f) {
      return f.view(
          f.offset() + input, sizes(), new int[] {g.batch() * g.time(), g.time(), g.stride(), 0});
    }

    /** Of the output. */
    Strided outputs(Strided out) {
      int row = g.outputChannels();
      int recording = g.outputTime() * row;
      return out.view(
          out.offset() + output * row,
          sizes(),
          new int[] {g.batch() * recording, recording, row, 1});
    }
  }

  private static void forEachTap(Conv1dGeometry g, int copies, Consumer<Steps> handle) {
    for (int tap = 0; tap < g.kernel(); tap++) {
      int first = g.firstValid(tap);
      int count = g.endValid(tap) - first;
      if (count > 0) {
        handle.accept(new Steps(g, copies, tap, count, g.inputStep(first, tap), first));
      }
    }
  }

  static void sum(Backend backend, Conv1dGeometry g, Strided taps, Strided f, Strided out) {
    if (out.count() == 0) {
      return;
    }
    forEachTap(
        g,
        f.size(0),
        steps -> {
          try (Scratch scratch = new Scratch(backend)) {
            Strided product = scratch.reals(steps.sizes());
            backend.zip(ZipFunction.MULTIPLY, steps.factors(f), steps.taps(taps), product);
            Strided to = steps.outputs(out);
            backend.zip(ZipFunction.ADD, to, product, to);
          }
        });
  }

  static void spread(Backend backend, Conv1dGeometry g, Strided f, Strided dy, Strided dtaps) {
    backend.fill(dtaps, 0);
    if (dtaps.count() == 0) {
      return;
    }
    forEachTap(
        g,
        f.size(0),
        steps -> {
          try (Scratch scratch = new Scratch(backend)) {
            Strided product = scratch.reals(steps.sizes());
            backend.zip(ZipFunction.MULTIPLY, steps.factors(f), steps.outputs(dy), product);
            Strided to = steps.taps(dtaps);
            backend.reduce(
                ReduceFunction.SUM, Views.firstAxisLast(product), to.axes(1, 4, to.offset()));
          }
        });
  }

  static void dot(Backend backend, Conv1dGeometry g, Strided taps, Strided dy, Strided df) {
    backend.fill(df, 0);
    if (dy.count() == 0) {
      return;
    }
    forEachTap(
        g,
        df.size(0),
        steps -> {
          try (Scratch scratch = new Scratch(backend)) {
            Strided product = scratch.reals(steps.sizes());
            backend.zip(ZipFunction.MULTIPLY, steps.taps(taps), steps.outputs(dy), product);
            Strided to = Views.heads(steps.factors(df));
            Strided sums = scratch.reals(to.sizes());
            backend.reduce(ReduceFunction.SUM, product, sums);
            backend.zip(ZipFunction.ADD, to, sums, to);
          }
        });
  }
}
