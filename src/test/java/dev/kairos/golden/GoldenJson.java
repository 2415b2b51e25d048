// SPDX-License-Identifier: Apache-2.0
package dev.kairos.golden;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kairos.autograd.Variable;
import dev.kairos.nn.Parameter;
import dev.kairos.nn.Parameters;
import dev.kairos.tensor.Scope;
import dev.kairos.tensor.Tensor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Tensors, weights and gradients that golden files hold as lists of lists of numbers. */
public final class GoldenJson {
  private GoldenJson() {}

  /** A file of {@code gaufuse}. */
  public static JsonNode file(String name) throws IOException {
    return GoldenFolder.json(GoldenFolder.present(GoldenFolder.of("gaufuse").resolve(name)));
  }

  /** A part of a file, by the names on the way to it. */
  public static JsonNode at(JsonNode node, String... names) {
    JsonNode found = node;
    for (String name : names) {
      found = Golden.get(found, name);
    }
    return found;
  }

  /** A setting of a number in a file. */
  public static String setting(String key, JsonNode value) {
    return key + "=" + value.asText();
  }

  /** A list of rows of numbers. */
  public static double[][] rows(JsonNode list) {
    double[][] rows = new double[list.size()][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = Golden.doubles(list.get(i));
    }
    return rows;
  }

  /** Lists of lists as a tensor. */
  public static Tensor tensor(GoldenEngine golden, JsonNode lists) {
    return golden.engine().tensor(flat(lists), shape(lists));
  }

  private static double[] flat(JsonNode lists) {
    List<Double> values = new ArrayList<>();
    collect(lists, values);
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static void collect(JsonNode node, List<Double> values) {
    if (node.isArray()) {
      node.forEach(child -> collect(child, values));
    } else if (node.isNumber()) {
      values.add(node.doubleValue());
    } else {
      throw new AssertionError("a number, not " + node);
    }
  }

  private static int[] shape(JsonNode lists) {
    List<Integer> sizes = new ArrayList<>();
    for (JsonNode node = lists; node.isArray(); node = node.get(0)) {
      sizes.add(node.size());
    }
    return sizes.stream().mapToInt(Integer::intValue).toArray();
  }

  /**
   * Overwrites all weights.
   *
   * @param names of the weights in the file
   */
  public static void load(
      GoldenEngine golden, Parameters parameters, JsonNode file, Map<String, String> names) {
    try (Scope scope = golden.engine().scope()) {
      for (Parameter p : parameters.all()) {
        Tensor read = tensor(golden, Golden.get(file, names.get(p.name())));
        // The layouts are their own inverses.
        p.value().assign(GoldenWeights.asFile(p, read).reshape(p.value().shape()));
      }
    }
  }

  /** Numbers agree, within the tolerance of outputs. */
  public static void assertOutput(
      GoldenEngine golden, JsonNode expected, Tensor found, String what) {
    assertArrayEquals(shape(expected), found.shape().sizes(), () -> "shape of " + what);
    assertValues(golden, flat(expected), found.toDoubles(), what);
  }

  /** Numbers agree, within the tolerance of outputs. */
  public static void assertOutput(
      GoldenEngine golden, JsonNode expected, double[] found, String what) {
    assertValues(golden, flat(expected), found, what);
  }

  /** A part of a file agrees with a value, within the tolerance of outputs. */
  public static void assertPart(GoldenEngine golden, JsonNode file, String key, Variable found) {
    assertPart(golden, file, key, found.value());
  }

  /** The same of a tensor. */
  public static void assertPart(GoldenEngine golden, JsonNode file, String key, Tensor found) {
    assertOutput(golden, Golden.get(file, key), found, key);
  }

  private static void assertValues(
      GoldenEngine golden, double[] expected, double[] found, String what) {
    assertArrayEquals(new int[] {expected.length}, new int[] {found.length}, "size of " + what);
    for (int i = 0; i < found.length; i++) {
      golden.checkValue(what + "[" + i + "]", expected[i], found[i]);
    }
  }

  /**
   * The gradients of all weights agree with those in {@code grads}, within the tolerance of
   * gradients.
   *
   * @param names of the weights in the file
   */
  public static void assertGradients(
      GoldenEngine golden,
      JsonNode file,
      Parameters parameters,
      Map<String, String> names,
      Function<Parameter, Tensor> found) {
    for (Parameter p : parameters.all()) {
      assertGradient(golden, at(file, "grads", names.get(p.name())), p, found.apply(p));
    }
  }

  /** The gradient of a weight agrees, within the tolerance of gradients. */
  public static void assertGradient(
      GoldenEngine golden, JsonNode expected, Parameter p, Tensor gradient) {
    golden.checkGradient(p.name(), flat(expected), GoldenWeights.asFile(p, gradient).toDoubles());
  }
}
