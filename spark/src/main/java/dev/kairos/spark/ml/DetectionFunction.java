// SPDX-License-Identifier: Apache-2.0
package dev.kairos.spark.ml;

import dev.kairos.methods.data.FeatureSequence;
import dev.kairos.methods.data.Recording;
import dev.kairos.methods.pipeline.TrainedRun;
import dev.kairos.methods.tal.Detection;
import dev.kairos.spark.localization.ModelBytes;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF3;
import org.jspecify.annotations.Nullable;
import scala.collection.Iterator;
import scala.collection.Seq;

/** Features of one row of a table to its detections. */
final class DetectionFunction
    implements UDF3<Seq<Seq<Seq<Float>>>, String, Double, @Nullable List<Row>> {
  private static final long serialVersionUID = 1L;

  private final Broadcast<ModelBytes> model;
  private final boolean keepsInvalid;

  DetectionFunction(Broadcast<ModelBytes> model, boolean keepsInvalid) {
    this.model = model;
    this.keepsInvalid = keepsInvalid;
  }

  @Override
  public @Nullable List<Row> call(
      Seq<@Nullable Seq<Seq<Float>>> streams, @Nullable String id, @Nullable Double duration)
      throws Exception {
    String name = id == null ? "recording" : id;
    try {
      float[][][] matrices = new float[streams.length()][][];
      for (int s = 0; s < matrices.length; s++) {
        Seq<Seq<Float>> rows = streams.apply(s);
        if (rows == null) {
          return null;
        }
        matrices[s] = matrix(rows, s);
      }
      TrainedRun run = model.value().open();
      double seconds = duration == null ? Double.NaN : duration;
      run.requireStreams(matrices);
      return rows(
          run.localize(
                  FeatureSequence.of(matrices), Recording.unannotated(name, seconds, Double.NaN))
              .detections());
    } catch (RuntimeException e) {
      if (keepsInvalid) {
        return null;
      }
      throw new IllegalArgumentException("row " + name + ": " + e.getMessage(), e);
    }
  }

  private static float[][] matrix(Seq<Seq<Float>> rows, int stream) {
    float[][] matrix = new float[rows.length()][];
    Iterator<Seq<Float>> each = rows.iterator();
    for (int t = 0; t < matrix.length; t++) {
      Seq<Float> row = each.next();
      if (row == null) {
        throw new IllegalArgumentException("stream " + stream + ": row " + t + " is null");
      }
      matrix[t] = new float[row.length()];
      Iterator<Float> values = row.iterator();
      for (int d = 0; d < matrix[t].length; d++) {
        Object value = values.next();
        if (!(value instanceof Float number)) {
          throw new IllegalArgumentException(
              "stream " + stream + ": row " + t + ", column " + d + " is null");
        }
        matrix[t][d] = number;
      }
    }
    return matrix;
  }

  private static List<Row> rows(List<Detection> detections) {
    List<Row> rows = new ArrayList<>();
    for (Detection each : detections) {
      rows.add(
          RowFactory.create(
              each.label(), each.segment().start(), each.segment().end(), each.score()));
    }
    return rows;
  }
}
