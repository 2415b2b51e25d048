// SPDX-License-Identifier: Apache-2.0
package dev.kairos.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Comparison with golden numbers, and JSON as arrays. */
public final class Golden {
  private static final double TOLERANCE = 1e-9;

  private Golden() {}

  /** Whether two numbers agree to 1e-9 absolute plus 1e-9 relative. */
  public static boolean isClose(double expected, double actual) {
    return Math.abs(expected - actual) <= TOLERANCE + TOLERANCE * Math.abs(expected);
  }

  /** Two arrays agree, number by number. */
  public static void assertClose(double[] expected, double[] actual, String what) {
    assertTrue(expected.length > 0, () -> what + ": nothing expected");
    assertEquals(expected.length, actual.length, () -> what + ": length");
    for (int i = 0; i < expected.length; i++) {
      if (!isClose(expected[i], actual[i])) {
        fail(what + "[" + i + "]: expected " + expected[i] + ", found " + actual[i]);
      }
    }
  }

  /**
   * Two sets of rows agree: each expected row has an actual row of its own, in any order, all
   * numbers close.
   */
  public static void assertSameRows(double[][] expected, double[][] actual, String what) {
    assertEquals(expected.length, actual.length, () -> what + ": number of rows");
    boolean[] used = new boolean[actual.length];
    for (double[] row : expected) {
      int match = 0;
      while (match < actual.length && (used[match] || !isClose(row, actual[match]))) {
        match++;
      }
      if (match == actual.length) {
        fail(what + ": no row " + Arrays.toString(row) + " in " + Arrays.deepToString(actual));
      }
      used[match] = true;
    }
  }

  private static boolean isClose(double[] expected, double[] actual) {
    boolean close = expected.length == actual.length;
    for (int i = 0; close && i < expected.length; i++) {
      close = isClose(expected[i], actual[i]);
    }
    return close;
  }

  /** A key that must be there. */
  public static JsonNode get(JsonNode node, String key) {
    JsonNode value = node.get(key);
    if (value == null) {
      throw new AssertionError("no key \"" + key + "\" in " + fieldNames(node));
    }
    return value;
  }

  /** What follows the prefix in the keys that begin with it, in the order of the file. */
  public static List<String> suffixes(JsonNode node, String prefix) {
    List<String> suffixes = new ArrayList<>();
    node.fieldNames()
        .forEachRemaining(
            name -> {
              if (name.startsWith(prefix)) {
                suffixes.add(name.substring(prefix.length()));
              }
            });
    assertTrue(!suffixes.isEmpty(), () -> "no key " + prefix + "* in " + fieldNames(node));
    return suffixes;
  }

  /** A list of numbers. */
  public static double[] doubles(JsonNode list) {
    double[] values = new double[list.size()];
    for (int i = 0; i < values.length; i++) {
      assertTrue(list.get(i).isNumber(), () -> "a number in " + list);
      values[i] = list.get(i).asDouble();
    }
    return values;
  }

  /** A list of whole numbers. */
  public static int[] ints(JsonNode list) {
    int[] values = new int[list.size()];
    for (int i = 0; i < values.length; i++) {
      assertTrue(list.get(i).canConvertToExactIntegral(), () -> "a whole number in " + list);
      values[i] = list.get(i).intValue();
    }
    return values;
  }

  private static String fieldNames(JsonNode node) {
    StringBuilder names = new StringBuilder();
    node.fieldNames().forEachRemaining(name -> names.append(name).append(' '));
    return names.toString();
  }
}
