// SPDX-License-Identifier: Apache-2.0
package dev.kairos.golden;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kairos.nn.Checkpoint;
import dev.kairos.nn.Parameter;
import dev.kairos.nn.Parameters;
import dev.kairos.tensor.DType;
import dev.kairos.tensor.Engine;
import dev.kairos.tensor.Tensor;
import dev.kairos.tensor.io.NpyArray;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The files of {@code apn}, whose arrays are {@code {"shape", "data"}}, and the tolerances that
 * their README states: in double {@code 1e-9 max(1, |expected|)}, {@code 1e-8} for gradients; in
 * single {@code 1e-4} of an array's largest, {@code 1e-3} for gradients.
 */
public final class ApnJson {
  private ApnJson() {}

  /** A file of the folder. */
  public static JsonNode file(String name) throws IOException {
    return GoldenFolder.json(path(name));
  }

  /** Where a file of the folder is. */
  public static Path path(String name) {
    return GoldenFolder.present(GoldenFolder.of("apn").resolve(name));
  }

  /** An array. */
  public static NpyArray array(JsonNode node) {
    return NpyArray.ofDoubles(
        Golden.doubles(Golden.get(node, "data")), Golden.ints(Golden.get(node, "shape")));
  }

  /** An array as a tensor. */
  public static Tensor tensor(Engine engine, JsonNode node) {
    NpyArray array = array(node);
    return engine.tensor(array.toDoubles(), array.shape());
  }

  /** Overwrites all weights, which must be those of the file. */
  public static void load(Parameters parameters, JsonNode weights, Path file) {
    load(parameters, arrays(weights), file);
  }

  /** Arrays by name. */
  public static Map<String, NpyArray> arrays(JsonNode named) {
    Map<String, NpyArray> arrays = new LinkedHashMap<>();
    named.properties().forEach(each -> arrays.put(each.getKey(), array(each.getValue())));
    return arrays;
  }

  /** Overwrites all weights with arrays of the same names. */
  public static void load(Parameters parameters, Map<String, NpyArray> arrays, Path file) {
    assertEquals(parameters.byName().keySet(), arrays.keySet());
    Checkpoint.load(parameters, arrays, file);
  }

  /** An output agrees. */
  public static void assertOutput(JsonNode expected, Tensor found, String what) {
    assertClose(expected, found, 1e-9, 1e-4, what);
  }

  /** A gradient agrees. */
  public static void assertGradient(JsonNode expected, Tensor found, String what) {
    assertClose(expected, found, 1e-8, 1e-3, what);
  }

  /** The gradient of a weight agrees; the file has it in the layout of files. */
  public static void assertGradient(JsonNode expected, Parameter parameter, Tensor found) {
    assertGradient(expected, GoldenWeights.asFile(parameter, found), "gradient of " + parameter);
  }

  private static void assertClose(
      JsonNode expected, Tensor found, double exact, double single, String what) {
    NpyArray array = array(expected);
    assertArrayEquals(array.shape(), found.shape().sizes(), what);
    boolean isExact = found.engine().real() == DType.FLOAT64;
    assertClose(array.toDoubles(), found.toDoubles(), isExact ? exact : single, isExact, what);
  }

  /** A number agrees. */
  public static void assertValue(JsonNode expected, Tensor found, String what) {
    boolean isExact = found.engine().real() == DType.FLOAT64;
    double[] right = {expected.doubleValue()};
    assertClose(right, new double[] {found.item()}, isExact ? 1e-9 : 1e-4, true, what);
  }

  /** Numbers agree to {@code 1e-9 max(1, |expected|)}. */
  public static void assertExact(double[] expected, double[] found, String what) {
    assertClose(expected, found, 1e-9, true, what);
  }

  private static void assertClose(
      double[] expected, double[] found, double part, boolean ofOne, String what) {
    assertEquals(expected.length, found.length, what);
    double largest = Arrays.stream(expected).map(Math::abs).max().orElse(0);
    for (int i = 0; i < expected.length; i++) {
      double scale = ofOne ? Math.max(1, Math.abs(expected[i])) : largest;
      if (!(Math.abs(expected[i] - found[i]) <= part * scale)) {
        fail(what + "[" + i + "]: expected " + expected[i] + ", found " + found[i]);
      }
    }
  }
}
