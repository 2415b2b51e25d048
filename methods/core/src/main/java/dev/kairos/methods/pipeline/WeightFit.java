// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.pipeline;

import dev.kairos.methods.files.Plural;
import dev.kairos.methods.files.Shown;
import dev.kairos.methods.training.Method;
import dev.kairos.tensor.io.DataFormatException;
import dev.kairos.tensor.io.ElementType;
import dev.kairos.tensor.io.NpyArray;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Weights of files beside those that a model has: renamed, and every difference noted. */
final class WeightFit {
  private static final int MOST_LISTED = 50;

  private final Method method;
  private final Map<String, NpyArray> model;
  private final Map<String, NpyArray> found = new LinkedHashMap<>();
  private final List<String> problems = new ArrayList<>();
  private final Set<Path> files = new LinkedHashSet<>();

  /**
   * Nothing found yet.
   *
   * @param model the weights there should be, in the layout of files
   */
  WeightFit(Method method, Map<String, NpyArray> model) {
    this.method = method;
    this.model = model;
  }

  /**
   * Takes the weights of a file.
   *
   * @param many whether it is one of several, each with the network of a stream
   * @param stream whose network it has, null where that is not said
   */
  void add(Path file, Map<String, NpyArray> weights, boolean many, @Nullable String stream) {
    files.add(file);
    Map<String, String> ours = new LinkedHashMap<>();
    method
        .publishedWeights()
        .forEach((here, there) -> ours.put(there, PublishedWeights.inStream(here, stream)));
    for (Map.Entry<String, NpyArray> weight : weights.entrySet()) {
      String name = weight.getKey();
      String own = many ? stream + "." + name : name;
      String known = model.containsKey(own) ? own : ours.getOrDefault(name, own);
      NpyArray expected = model.get(known);
      String shown = known.equals(name) ? Shown.of(name) : Shown.of(name) + " (" + known + ")";
      if (expected == null) {
        problems.add("left over " + Shown.of(name) + " " + shape(weight.getValue()));
      } else {
        take(shown, known, weight.getValue(), expected);
      }
    }
  }

  private void take(String shown, String name, NpyArray weight, NpyArray expected) {
    if (!Arrays.equals(withoutOnes(weight.shape()), withoutOnes(expected.shape()))) {
      problems.add(
          "of another shape " + shown + " " + shape(weight) + ", expected " + shape(expected));
    } else if (!weight.type().isFloating()) {
      problems.add("no real numbers in " + shown + ": " + weight.type());
    } else if (!isFinite(weight)) {
      problems.add("NaN or infinity in " + shown);
    } else {
      found.put(name, weight.as(ElementType.F32).reshape(expected.shape()));
      return;
    }
    found.put(name, expected); // so that it is not missing as well
  }

  /** A linear map and a convolution of one step have the same numbers. */
  private static int[] withoutOnes(int[] shape) {
    return Arrays.stream(shape).filter(length -> length != 1).toArray();
  }

  private static boolean isFinite(NpyArray weight) {
    for (float value : weight.toFloats()) {
      if (!Float.isFinite(value)) {
        return false;
      }
    }
    return true;
  }

  private static String shape(NpyArray array) {
    return Arrays.toString(array.shape());
  }

  /** All weights of the model, in its order. */
  Map<String, NpyArray> result() {
    Map<String, NpyArray> all = new LinkedHashMap<>();
    List<String> missing = new ArrayList<>();
    model.forEach(
        (name, expected) -> {
          NpyArray weight = found.get(name);
          if (weight == null) {
            missing.add("missing " + name + " " + shape(expected));
          } else {
            all.put(name, weight);
          }
        });
    problems.addAll(0, missing);
    if (!problems.isEmpty()) {
      throw misfit();
    }
    return all;
  }

  private DataFormatException misfit() {
    String list = String.join("; ", problems.subList(0, Math.min(MOST_LISTED, problems.size())));
    int more = problems.size() - MOST_LISTED;
    String where = String.join(", ", files.stream().skip(1).map(Path::toString).toList());
    return DataFormatException.of(
        "KFMT-305",
        files.iterator().next(),
        (where.isEmpty() ? "" : "and " + where + ": ")
            + Plural.of(problems.size(), "difference")
            + " from the weights of "
            + method.name()
            + ": "
            + list
            + (more > 0 ? "; and " + more + " more" : ""),
        "give the settings and the data set that the weights were trained with (--set, --preset)");
  }
}
