// SPDX-License-Identifier: Apache-2.0
package dev.kairos.golden;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import dev.kairos.tensor.DType;
import dev.kairos.tensor.Engine;
import dev.kairos.tensor.Tensor;
import dev.kairos.tensor.io.NpyArray;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * An engine with the tolerances that the golden files state for its precision: in double {@code
 * 1e-9} absolute and relative for outputs, {@code 1e-8} for gradients; in single {@code 1e-4}
 * relative and {@code 1e-5} absolute for outputs, and for gradients {@code 1e-3} of the tensor's
 * largest.
 */
public final class GoldenEngine implements AutoCloseable {
  private final Engine engine;
  private final boolean exact;

  private GoldenEngine(Engine engine) {
    this.engine = engine;
    this.exact = engine.real() == DType.FLOAT64;
  }

  /**
   * The backends that golden files are held against: the reference and the best of this processor,
   * or those that the system property {@code kairos.test.backends} names.
   */
  public static List<String> backends() {
    return List.of(System.getProperty("kairos.test.backends", "reference,cpu").split(","));
  }

  public static GoldenEngine open(String backend) {
    return new GoldenEngine(Engine.open(backend, 2));
  }

  public Engine engine() {
    return engine;
  }

  /** A file as a tensor. */
  public Tensor read(Path file) throws IOException {
    NpyArray array = GoldenFolder.array(file);
    return engine.tensor(array.toDoubles(), array.shape());
  }

  public void checkOutput(Path file, Tensor found) throws IOException {
    double[] expected = expected(file, found);
    double[] actual = found.toDoubles();
    for (int i = 0; i < expected.length; i++) {
      double tolerance =
          exact ? 1e-9 + 1e-9 * Math.abs(expected[i]) : 1e-5 + 1e-4 * Math.abs(expected[i]);
      check(file.getFileName().toString(), i, expected[i], actual[i], tolerance);
    }
  }

  public void checkGradient(Path file, Tensor found) throws IOException {
    checkGradient(file.getFileName().toString(), expected(file, found), found.toDoubles());
  }

  public void checkGradient(String what, double[] expected, double[] actual) {
    assertEquals(expected.length, actual.length, what);
    double largest = 0;
    for (double value : expected) {
      largest = Math.max(largest, Math.abs(value));
    }
    for (int i = 0; i < expected.length; i++) {
      double tolerance = exact ? 1e-8 + 1e-8 * Math.abs(expected[i]) : 1e-3 * largest + 1e-9;
      check(what, i, expected[i], actual[i], tolerance);
    }
  }

  public void checkValue(String what, double expected, double actual) {
    double tolerance = exact ? 1e-9 + 1e-9 * Math.abs(expected) : 1e-5 + 1e-4 * Math.abs(expected);
    if (!(Math.abs(expected - actual) <= tolerance)) {
      fail(what + ": expected " + expected + ", found " + actual + ", tolerance " + tolerance);
    }
  }

  private static double[] expected(Path file, Tensor found) throws IOException {
    NpyArray array = GoldenFolder.array(file);
    assertArrayEquals(array.shape(), found.shape().sizes(), () -> "shape of " + file.getFileName());
    return array.toDoubles();
  }

  private static void check(String what, int i, double expected, double actual, double tolerance) {
    if (!(Math.abs(expected - actual) <= tolerance)) {
      fail(
          what
              + "["
              + i
              + "]: expected "
              + expected
              + ", found "
              + actual
              + ", tolerance "
              + tolerance);
    }
  }

  @Override
  public void close() {
    engine.close();
  }
}
