// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.host;

import dev.kairos.methods.data.DatasetDescription;
import dev.kairos.methods.data.FeatureStream;
import dev.kairos.tensor.TensorOps;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the values of a stream stand among those of all streams joined.
 *
 * @param name of the stream
 * @param from column of its first value
 * @param width how many values it has
 */
public record StreamColumns(String name, int from, int width) {
  /** The streams of a data set, in order. */
  public static List<StreamColumns> each(DatasetDescription data) {
    List<StreamColumns> all = new ArrayList<>();
    int from = 0;
    for (FeatureStream stream : data.streams()) {
      all.add(new StreamColumns(stream.name(), from, stream.width()));
      from += stream.width();
    }
    return all;
  }

  /** All streams of a data set as one. */
  public static StreamColumns joint(DatasetDescription data) {
    return new StreamColumns("joint", 0, data.totalWidth());
  }

  /**
   * The name of a curve of one stream.
   *
   * @param of what it shows
   */
  public static String curve(String of, String stream) {
    return of + "-" + stream;
  }

  /** The values of this stream: {@code [..,D]} to {@code [..,width]}. */
  public <T extends TensorOps<T>> T of(T x) {
    return width == x.shape().size(-1) ? x : x.narrow(-1, from, width);
  }
}
