// SPDX-License-Identifier: Apache-2.0
package dev.kairos.spark.localization;

import dev.kairos.methods.localization.Localization;
import dev.kairos.methods.tal.Detection;
import dev.kairos.methods.tal.Prediction;
import dev.kairos.methods.tal.Segment;
import dev.kairos.methods.tal.SnippetGrid;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What became of one recording on its way back from an executor, in bytes of our own: whatever
 * serialiser a cluster is set to, it knows arrays of bytes.
 *
 * @param id the recording's
 * @param localization detections and scores of the recording, without curves; null if it failed
 * @param grid how its rows lie in time; null if it failed
 * @param failure what was wrong; null if nothing was
 */
record FoundActions(
    String id,
    @Nullable Localization localization,
    @Nullable SnippetGrid grid,
    @Nullable RecordingFailure failure) {

  static FoundActions of(String id, Localization found, SnippetGrid grid) {
    return new FoundActions(id, found, grid, null);
  }

  static FoundActions failed(String id, RecordingFailure failure) {
    return new FoundActions(id, null, null, failure);
  }

  /** Some as bytes. */
  static byte[] toBytes(List<FoundActions> all, List<String> classes) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(all.size());
      for (FoundActions each : all) {
        each.write(out, classes);
      }
    }
    return bytes.toByteArray();
  }

  /** What {@link #toBytes} made into bytes. */
  static List<FoundActions> ofBytes(byte[] bytes, List<String> classes) throws IOException {
    List<FoundActions> all = new ArrayList<>();
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      for (int left = in.readInt(); left > 0; left--) {
        all.add(read(in, classes));
      }
    }
    return all;
  }

  private void write(DataOutputStream out, List<String> classes) throws IOException {
    text(out, id);
    out.writeBoolean(failure != null);
    if (failure != null) {
      failure.write(out);
    }
    if (localization == null || grid == null) {
      return;
    }
    double[] scores = localization.prediction().videoScores();
    out.writeInt(scores.length);
    for (double score : scores) {
      out.writeDouble(score);
    }
    out.writeInt(localization.detections().size());
    for (Detection detection : localization.detections()) {
      out.writeInt(classes.indexOf(detection.label()));
      out.writeDouble(detection.segment().start());
      out.writeDouble(detection.segment().end());
      out.writeDouble(detection.score());
    }
    out.writeDouble(grid.fps());
    out.writeDouble(grid.stride());
    out.writeDouble(grid.shift());
    out.writeDouble(grid.end());
    out.writeInt(grid.length());
  }

  private static FoundActions read(DataInputStream in, List<String> classes) throws IOException {
    String id = text(in);
    if (in.readBoolean()) {
      return failed(id, RecordingFailure.read(in));
    }
    double[] scores = new double[in.readInt()];
    for (int c = 0; c < scores.length; c++) {
      scores[c] = in.readDouble();
    }
    List<Detection> detections = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      String label = classes.get(in.readInt());
      Segment segment = new Segment(in.readDouble(), in.readDouble());
      detections.add(new Detection(label, segment, in.readDouble()));
    }
    SnippetGrid grid =
        new SnippetGrid(
            in.readDouble(), in.readDouble(), in.readDouble(), in.readDouble(), in.readInt());
    return of(id, new Localization(new Prediction(scores, Map.of(), List.of()), detections), grid);
  }

  /** Of any length, unlike {@link DataOutputStream#writeUTF}. */
  static void text(DataOutputStream out, String text) throws IOException {
    out.writeInt(text.length());
    out.writeChars(text);
  }

  static String text(DataInputStream in) throws IOException {
    char[] text = new char[in.readInt()];
    for (int i = 0; i < text.length; i++) {
      text[i] = in.readChar();
    }
    return new String(text);
  }
}
