// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.methods.data.Dataset;
import dev.kairos.methods.data.DatasetDescription;
import dev.kairos.methods.data.FeatureSequence;
import dev.kairos.methods.data.FeatureStream;
import dev.kairos.methods.data.Recording;
import dev.kairos.methods.pipeline.RecordingCurves.Curve;
import dev.kairos.methods.pipeline.RecordingCurves.Kind;
import dev.kairos.methods.report.CasFolder;
import dev.kairos.methods.tal.ActionInstance;
import dev.kairos.methods.tal.Segment;
import dev.kairos.tensor.io.Npy;
import dev.kairos.tensor.io.NpyArray;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingCurvesTest {
  private static final DatasetDescription TWO =
      new DatasetDescription(
          "two",
          List.of(new FeatureStream("rgb", 2), new FeatureStream("flow", 1)),
          10,
          20,
          List.of("a", "b", "c"),
          "",
          "");

  @TempDir Path folder;

  private static Recording recording(List<ActionInstance> actions) {
    return new Recording("v", "train", 6, actions, List.of());
  }

  private static Dataset dataset(Recording recording, int length, float... values) {
    return Dataset.of(TWO, Map.of(recording, FeatureSequence.of(length, 3, values)));
  }

  @Test
  void normsAndChangesOfEachStreamLieWhereTheirSnippetsDo() throws IOException {
    Recording recording = recording(List.of());
    Dataset data = dataset(recording, 3, 3, 4, -1, 0, 0, 1, 0, 2, 1);
    List<Curve> curves = new RecordingCurves(data, null, null).of(recording);
    assertEquals(
        List.of(
            new Curve(Kind.NORM, "rgb", 1, 2, List.of(5f, 0f, 2f)),
            new Curve(Kind.CHANGE, "rgb", 2, 2, List.of(5f, 2f)),
            new Curve(Kind.NORM, "flow", 1, 2, List.of(1f, 1f, 1f)),
            new Curve(Kind.CHANGE, "flow", 2, 2, List.of(2f, 0f))),
        curves);
  }

  @Test
  void longCurvesKeepTheirPeaks() throws IOException {
    Recording recording = recording(List.of());
    int length = 5001;
    float[] values = new float[length * 3];
    values[3 * 4711] = 9;
    Curve norm =
        new RecordingCurves(dataset(recording, length, values), null, null).of(recording).get(0);
    assertEquals(1667, norm.values().size());
    assertEquals(6, norm.step());
    assertEquals(3, norm.first(), "the middle of the first three snippets");
    assertEquals(9f, norm.values().get(4711 / 3));
  }

  @Test
  void activationsAreThoseOfTheClassesThatOccur() throws IOException {
    Recording recording = recording(List.of(new ActionInstance("b", new Segment(1, 2))));
    Dataset data = dataset(recording, 1, 0, 0, 0);
    Npy.write(folder.resolve("v.npy"), NpyArray.ofFloats(new float[] {1, 2, 3, 4, 5, 6}, 2, 3));
    CasFolder cas = CasFolder.open(folder, TWO);
    List<Curve> known = new RecordingCurves(data, cas, null).of(recording);
    assertEquals(
        new Curve(Kind.ACTIVATION, "b", 1.5, 3, List.of(2f, 5f)), known.get(known.size() - 1));
    Recording unknown = recording(List.of());
    List<Curve> all = new RecordingCurves(dataset(unknown, 1, 0, 0, 0), cas, null).of(unknown);
    List<String> names =
        all.stream().filter(c -> c.kind() == Kind.ACTIVATION).map(Curve::name).toList();
    assertEquals(List.of("c", "b", "a"), names, "the highest first");
    assertTrue(all.stream().noneMatch(c -> c.kind() == Kind.CHANGE), "one snippet has no change");
  }
}
