// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.kernels.contract.Campaign;
import dev.kairos.methods.data.Mutation;
import dev.kairos.methods.report.LabelHistory.Generation;
import dev.kairos.methods.report.LabelHistory.LabelledRecording;
import dev.kairos.methods.report.LabelHistory.Lane;
import dev.kairos.methods.report.ReportData.Activation;
import dev.kairos.methods.tal.Segment;
import dev.kairos.tensor.io.DataFormatException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelHistoryFileTest {
  @TempDir Path folder;

  private static LabelHistory history() {
    Activation curve = new Activation("Jump", 0.5, List.of(0f, 0.25f, -1f));
    return new LabelHistory(
        List.of(new Generation(2, 40, 0.5, 0.25, 0.75, 0.5, 0.125, 7, 1, 0.0625)),
        List.of(
            new LabelledRecording(
                "a",
                1.5,
                List.of(
                    new Lane(
                        "Jump",
                        List.of(new Segment(0.5, 1)),
                        curve,
                        List.of(new Segment(0, 1), new Segment(0.5, 1.5)),
                        List.of(new Segment(0.25, 1.25)),
                        curve,
                        curve)))));
  }

  @Test
  void whatIsWrittenIsRead() throws IOException {
    Path file = folder.resolve(LabelHistoryFile.NAME);
    LabelHistoryFile.write(file, history());
    assertEquals(history(), LabelHistoryFile.read(file));
    List<Generation> generations = history().generations();
    assertEquals(generations, LabelHistoryFile.read(LabelHistoryFile.text(generations)));
  }

  @Test
  void aDamagedFileIsNamed() throws IOException {
    Path file = folder.resolve(LabelHistoryFile.NAME);
    Files.writeString(file, "{\"generations\": [");
    DataFormatException e =
        assertThrows(DataFormatException.class, () -> LabelHistoryFile.read(file));
    assertTrue(e.getMessage().contains(file.toString()), e.getMessage());
    assertThrows(IllegalArgumentException.class, () -> LabelHistoryFile.read("{"));
  }

  /** Damaged files are refused in one line, or hold a history that is written the same. */
  @Test
  void damage() throws IOException {
    Path file = folder.resolve(LabelHistoryFile.NAME);
    LabelHistoryFile.write(file, history());
    String text = Files.readString(file);
    int[] counts = new int[2];
    Campaign.run(
        700,
        2000,
        random -> {
          Files.write(file, Mutation.of(text, random).getBytes(StandardCharsets.UTF_8));
          try {
            LabelHistory read = LabelHistoryFile.read(file);
            LabelHistoryFile.write(file, read);
            assertEquals(read, LabelHistoryFile.read(file));
            counts[0]++;
          } catch (DataFormatException e) {
            String message = String.valueOf(e.getMessage());
            assertEquals(1, message.lines().count(), message);
            assertTrue(message.length() < 2000, message);
            counts[1]++;
          }
        });
    assertTrue(counts[0] > 0 && counts[1] > 0, counts[0] + " read, " + counts[1] + " refused");
  }

  /** A number that is missing is no zero. */
  @Test
  void generationsNeedAllTheirNumbers() {
    String text = LabelHistoryFile.text(history().generations());
    for (String key : List.of("number", "step", "precision", "largestResidual")) {
      assertThrows(
          IllegalArgumentException.class, () -> LabelHistoryFile.read(text.replace(key, "other")));
    }
  }
}
