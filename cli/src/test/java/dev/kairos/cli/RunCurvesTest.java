// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kairos.methods.data.Dataset;
import dev.kairos.methods.data.Recording;
import dev.kairos.methods.pipeline.RecordingCurves;
import dev.kairos.methods.pipeline.RecordingCurves.Curve;
import dev.kairos.methods.pipeline.RecordingCurves.Kind;
import dev.kairos.methods.pipeline.TrainedRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunCurvesTest {
  @TempDir Path folder;

  @Test
  void aTrainedRunGivesActivationsThatSpanTheRecording() throws IOException {
    Path data = TinyData.write(folder.resolve("data"));
    Path out = folder.resolve("run");
    assertEquals(0, TinyData.train(data, out).code());
    Dataset dataset = Dataset.open(data);
    Recording recording = dataset.subset(Dataset.TEST).get(0);
    try (TrainedRun run = TrainedRun.open(out)) {
      List<Curve> curves =
          new RecordingCurves(dataset, null, run)
              .of(recording).stream().filter(c -> c.kind() == Kind.ACTIVATION).toList();
      assertEquals(List.copyOf(recording.labels()), curves.stream().map(Curve::name).toList());
      double seconds = dataset.grid(recording, dataset.featureLength(recording)).duration();
      for (Curve curve : curves) {
        assertEquals(16, curve.values().size(), "the snippets that the run samples");
        assertEquals(seconds, curve.step() * 16, 1e-9);
        assertEquals(curve.step() / 2, curve.first(), 1e-9);
      }
    }
  }
}
