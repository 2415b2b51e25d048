// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.contract;

import dev.kairos.kernels.Backend;
import dev.kairos.kernels.Buffer;
import dev.kairos.kernels.Strided;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import java.util.function.IntSupplier;

/**
 * The operands of one call, kept apart from any backend so that the same call can be made on
 * several: a list of buffers with their content, each seen through one view. Contents are single
 * precision, so that every backend starts from the same numbers.
 */
final class Scene {

  /** One call of a primitive on the views of a scene. */
  interface Call {
    void on(Backend backend, Strided[] views);
  }

  private final SplittableRandom random;
  private final List<Layout> layouts = new ArrayList<>();
  private final List<double[]> contents = new ArrayList<>();
  private final List<Boolean> indices = new ArrayList<>();

  Scene(SplittableRandom random) {
    this.random = random;
  }

  /** Adds an operand of reals, filled from a supplier. */
  Scene reals(Layout layout, DoubleSupplier values) {
    double[] content = new double[layout.length()];
    Arrays.setAll(content, i -> (float) values.getAsDouble());
    return add(layout, content, false);
  }

  /** Adds an operand of reals in [-2, 2). */
  Scene reals(Layout layout) {
    return reals(layout, () -> Values.ordinary(random));
  }

  /** Adds an operand of whole numbers, filled from a supplier. */
  Scene indices(Layout layout, IntSupplier values) {
    double[] content = new double[layout.length()];
    Arrays.setAll(content, i -> values.getAsInt());
    return add(layout, content, true);
  }

  private Scene add(Layout layout, double[] content, boolean index) {
    layouts.add(layout);
    contents.add(content);
    indices.add(index);
    return this;
  }

  /** The same views with the absolute values of the reals. */
  Scene magnitudes() {
    Scene scene = new Scene(random);
    for (int i = 0; i < layouts.size(); i++) {
      scene.add(
          layouts.get(i), Arrays.stream(contents.get(i)).map(Math::abs).toArray(), isIndex(i));
    }
    return scene;
  }

  int count() {
    return layouts.size();
  }

  boolean isIndex(int operand) {
    return indices.get(operand);
  }

  Layout layout(int operand) {
    return layouts.get(operand);
  }

  /** What an operand's whole buffer holds before the call. */
  double[] content(int operand) {
    return contents.get(operand);
  }

  /** What an operand's view shows before the call, in row order. */
  double[] seen(int operand) {
    return pick(operand, contents.get(operand));
  }

  /** The elements of a whole buffer that an operand's view shows, in row order. */
  double[] pick(int operand, double[] content) {
    return Arrays.stream(layouts.get(operand).positions()).mapToDouble(p -> content[p]).toArray();
  }

  /** The buffers and views on one backend; to be released. */
  Strided[] stage(Backend backend) {
    Strided[] views = new Strided[layouts.size()];
    for (int i = 0; i < views.length; i++) {
      int length = contents.get(i).length;
      Buffer buffer = isIndex(i) ? backend.allocateIndices(length) : backend.allocate(length);
      views[i] = layouts.get(i).of(buffer);
    }
    reset(backend, views);
    return views;
  }

  /** Writes the contents again. */
  void reset(Backend backend, Strided[] views) {
    for (int i = 0; i < views.length; i++) {
      double[] content = contents.get(i);
      if (isIndex(i)) {
        int[] whole = Arrays.stream(content).mapToInt(v -> (int) v).toArray();
        backend.write(views[i].buffer(), 0, whole, 0, whole.length);
      } else {
        backend.write(views[i].buffer(), 0, content, 0, content.length);
      }
    }
  }

  /** What the whole buffers hold now. */
  double[][] read(Backend backend, Strided[] views) {
    double[][] results = new double[views.length][];
    for (int i = 0; i < views.length; i++) {
      int length = contents.get(i).length;
      results[i] = new double[length];
      if (isIndex(i)) {
        int[] whole = new int[length];
        backend.read(views[i].buffer(), 0, whole, 0, length);
        results[i] = Arrays.stream(whole).asDoubleStream().toArray();
      } else {
        backend.read(views[i].buffer(), 0, results[i], 0, length);
      }
    }
    return results;
  }

  /** Makes the call on a backend and gives what the whole buffers hold afterwards. */
  double[][] run(Backend backend, Call call) {
    Strided[] views = stage(backend);
    try {
      call.on(backend, views);
      return read(backend, views);
    } finally {
      for (Strided view : views) {
        backend.release(view.buffer());
      }
    }
  }

  @Override
  public String toString() {
    return layouts.toString();
  }
}
