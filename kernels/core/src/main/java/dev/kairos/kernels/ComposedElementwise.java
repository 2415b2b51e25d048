// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels;

import java.util.Arrays;

/** Elementwise primitives, and updates of parameters, composed of a backend's own. */
final class ComposedElementwise {
  private ComposedElementwise() {}

  static void mapMultiply(
      Backend backend, MapFunction f, double a, double b, Strided in, Strided by, Strided out) {
    try (Scratch scratch = new Scratch(backend)) {
      Strided mapped = scratch.reals(out.sizes());
      backend.map(f, a, b, in, mapped);
      backend.zip(f.isGate() ? ZipFunction.GATE : ZipFunction.MULTIPLY, mapped, by, out);
    }
  }

  static void accumulate(Backend backend, Strided in, Strided out) {
    if (in.count() == 0) {
      return;
    }
    if (out.isDistinct()) {
      backend.zip(ZipFunction.ADD, out, in, out);
      return;
    }
    // What falls on one place is added in index order, as scattering does.
    int[] positions = positions(out);
    int first = Arrays.stream(positions).min().orElse(0);
    int end = Arrays.stream(positions).max().orElse(0) + 1;
    int n = positions.length;
    try (Scratch scratch = new Scratch(backend)) {
      Strided rows = Strided.contiguous(scratch.copy(in).buffer(), 1, n, 1);
      int[] relative = Arrays.stream(positions).map(p -> p - first).toArray();
      Strided places = Strided.contiguous(scratch.indices(relative).buffer(), 1, n);
      int length = end - first;
      int[] sizes = {1, length, 1};
      backend.scatterAdd(rows, places, out.view(first, sizes, Strided.contiguousStrides(sizes)));
    }
  }

  /** Where the elements lie in the buffer, in row order. */
  private static int[] positions(Strided view) {
    int[] positions = new int[view.count()];
    for (int i = 0; i < positions.length; i++) {
      int at = view.offset();
      int rest = i;
      for (int axis = view.rank() - 1; axis >= 0; axis--) {
        at += rest % view.size(axis) * view.stride(axis);
        rest /= view.size(axis);
      }
      positions[i] = at;
    }
    return positions;
  }

  /** {@code out = a x + b}. */
  static void affine(Backend backend, double a, double b, Strided x, Strided out) {
    backend.map(MapFunction.AFFINE, a, b, x, out);
  }

  /** {@code y = a y + b x}, with the product b x in a buffer of its own. */
  private static void blend(
      Backend backend, double a, Strided y, double b, Strided x, Strided product) {
    affine(backend, b, 0, x, product);
    affine(backend, a, 0, y, y);
    backend.zip(ZipFunction.ADD, y, product, y);
  }

  static void adam(
      Backend backend, AdamStep step, Buffer parameter, Buffer gradient, Buffer m, Buffer v) {
    int n = parameter.length();
    Strided p = Views.flat(parameter, n);
    Strided first = Views.flat(m, n);
    Strided second = Views.flat(v, n);
    try (Scratch scratch = new Scratch(backend)) {
      Strided slope = scratch.reals(n);
      Strided other = scratch.reals(n);
      affine(backend, step.l2(), 0, p, slope);
      backend.zip(ZipFunction.ADD, Views.flat(gradient, n), slope, slope);
      blend(backend, step.beta1(), first, 1 - step.beta1(), slope, other);
      backend.zip(ZipFunction.MULTIPLY, slope, slope, slope);
      blend(backend, step.beta2(), second, 1 - step.beta2(), slope, other);
      Strided root = slope;
      affine(backend, 1 / step.correction2(), 0, second, root);
      backend.map(MapFunction.SQRT, 0, 0, root, root);
      affine(backend, 1, step.epsilon(), root, root);
      affine(backend, step.learningRate() / step.correction1(), 0, first, other);
      backend.zip(ZipFunction.DIVIDE, other, root, other);
      affine(backend, 1 - step.learningRate() * step.decay(), 0, p, p);
      backend.zip(ZipFunction.SUBTRACT, p, other, p);
    }
  }

  static void sgd(
      Backend backend, SgdStep step, Buffer parameter, Buffer gradient, Buffer velocity) {
    int n = parameter.length();
    Strided p = Views.flat(parameter, n);
    Strided v = Views.flat(velocity, n);
    try (Scratch scratch = new Scratch(backend)) {
      Strided slope = scratch.reals(n);
      affine(backend, step.l2(), 0, p, slope);
      backend.zip(ZipFunction.ADD, Views.flat(gradient, n), slope, slope);
      affine(backend, step.momentum(), 0, v, v);
      backend.zip(ZipFunction.ADD, v, slope, v);
      Strided move = v;
      if (step.nesterov()) {
        move = scratch.reals(n);
        affine(backend, step.momentum(), 0, v, move);
        backend.zip(ZipFunction.ADD, slope, move, move);
      }
      affine(backend, step.learningRate(), 0, move, slope);
      backend.zip(ZipFunction.SUBTRACT, p, slope, p);
    }
  }
}
