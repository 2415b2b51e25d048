// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.contract;

import dev.kairos.kernels.Backend;
import dev.kairos.kernels.Precision;
import dev.kairos.kernels.contract.Closeness.Tolerance;
import dev.kairos.kernels.reference.ReferenceBackend;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** One part of the contract: the backend under test beside the reference, and how to compare. */
abstract class BackendPart {
  /** Enough for every primitive to be shared out, on any machine. */
  private static final int THREADS = 3;

  Backend tested;
  final Backend reference = new ReferenceBackend();

  /** Opens the backend under test. */
  abstract Backend open(int threads);

  @BeforeEach
  final void openBackend() {
    tested = open(THREADS);
  }

  @AfterEach
  final void closeBackends() {
    tested.close();
    reference.close();
  }

  final Precision precision() {
    return tested.precision();
  }

  final double unit() {
    return Closeness.unit(precision());
  }

  /**
   * Makes a call on both backends and compares all buffers whole: the outputs' views within the
   * tolerance, and everything else with what it was before.
   */
  final void check(String what, Scene scene, Scene.Call call, Tolerance tolerance, int... outputs) {
    double[][] expected = scene.run(reference, call);
    double[][] actual = scene.run(tested, call);
    for (int i = 0; i < scene.count(); i++) {
      String name = what + " on " + scene + ", operand " + i;
      int operand = i;
      Precision precision = scene.isIndex(i) ? Precision.DOUBLE : precision();
      double[] untouched = actual[i].clone();
      if (Arrays.stream(outputs).anyMatch(o -> o == operand)) {
        Closeness.check(
            name, precision, scene.pick(i, expected[i]), scene.pick(i, actual[i]), tolerance);
        for (int at : scene.layout(i).positions()) {
          untouched[at] = scene.content(i)[at];
        }
      }
      Closeness.check(
          name + " outside the output",
          precision,
          scene.content(i),
          untouched,
          (index, value) -> Closeness.BITS);
    }
  }

  /**
   * A tolerance for sums of products: half a unit for each addition, of the sum of the products'
   * absolute values.
   *
   * @param terms how many are added into one output
   */
  final Tolerance sums(Scene scene, Scene.Call call, int output, int terms) {
    double[] magnitude = scene.pick(output, scene.magnitudes().run(reference, call)[output]);
    double relative = (terms / 2.0 + 2) * unit();
    return (index, expected) -> relative * magnitude[index] + Float.MIN_NORMAL;
  }

  static Tolerance bits() {
    return (index, expected) -> Closeness.BITS;
  }

  static Tolerance equal() {
    return (index, expected) -> Closeness.EQUAL;
  }
}
