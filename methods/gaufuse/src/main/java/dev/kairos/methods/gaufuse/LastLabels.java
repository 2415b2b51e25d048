// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.gaufuse;

import dev.kairos.methods.pseudolabel.SoftLabels;
import dev.kairos.methods.training.TrainingData;
import dev.kairos.methods.training.TrainingState;
import dev.kairos.tensor.io.NpyArray;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The newest generation of labels and the one before it, as a training's checkpoint holds them. */
final class LastLabels {
  private final TrainingData data;
  private final int channels;
  private @Nullable SoftLabels latest;
  private @Nullable SoftLabels previous;
  private int number = -1;

  /**
   * None yet.
   *
   * @param channels K
   */
  LastLabels(TrainingData data, int channels) {
    this.data = data;
    this.channels = channels;
  }

  void clear() {
    latest = null;
    previous = null;
    number = -1;
  }

  /** The newest, null before the first. */
  @Nullable SoftLabels latest() {
    return latest;
  }

  /** The one before it, null before the second. */
  @Nullable SoftLabels previous() {
    return previous;
  }

  /** The number of the newest, -1 before the first. */
  int number() {
    return number;
  }

  void add(SoftLabels labels, int generation) {
    previous = latest;
    latest = labels;
    number = generation;
  }

  void remember(TrainingState state) {
    state.arrays("labels", this::save, this::restore);
    state.text("labels.generation", () -> Integer.toString(number), s -> number = number(s));
  }

  private static int number(String text) {
    return Integer.parseInt(text);
  }

  private Map<String, NpyArray> save() {
    Map<String, NpyArray> arrays = new LinkedHashMap<>();
    put(arrays, "latest", latest);
    put(arrays, "previous", previous);
    return arrays;
  }

  private void put(Map<String, NpyArray> arrays, String name, @Nullable SoftLabels labels) {
    if (labels == null) {
      return;
    }
    int total = 0;
    for (int v = 0; v < data.size(); v++) {
      total = Math.addExact(total, data.length(v));
    }
    float[] all = new float[Math.multiplyExact(total, channels)];
    int at = 0;
    for (int v = 0; v < data.size(); v++) {
      float[] own = labels.of(v);
      System.arraycopy(own, 0, all, at, own.length);
      at += own.length;
    }
    arrays.put(name, NpyArray.ofFloats(all, total, channels));
  }

  private void restore(Map<String, NpyArray> arrays) {
    latest = read(arrays.get("latest"));
    previous = read(arrays.get("previous"));
  }

  private @Nullable SoftLabels read(@Nullable NpyArray array) {
    if (array == null) {
      return null;
    }
    float[] all = array.toFloats();
    float[][] values = new float[data.size()][];
    int at = 0;
    for (int v = 0; v < values.length; v++) {
      int end = at + data.length(v) * channels;
      if (end > all.length) {
        break;
      }
      values[v] = Arrays.copyOfRange(all, at, end);
      at = end;
    }
    List<String> names = IntStream.range(0, data.size()).mapToObj(data::id).toList();
    if (at != all.length || values[values.length - 1] == null) {
      throw new IllegalArgumentException("labels of other recordings: " + array);
    }
    return SoftLabels.ofOwnLength(names, values, channels);
  }
}
