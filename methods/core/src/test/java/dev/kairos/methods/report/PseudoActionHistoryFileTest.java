// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.kernels.contract.Campaign;
import dev.kairos.methods.data.Mutation;
import dev.kairos.methods.report.PseudoActionHistory.Errors;
import dev.kairos.methods.report.PseudoActionHistory.Found;
import dev.kairos.methods.report.PseudoActionHistory.Look;
import dev.kairos.methods.report.PseudoActionHistory.MarkedMoment;
import dev.kairos.methods.report.PseudoActionHistory.MarkedRecording;
import dev.kairos.methods.report.PseudoActionHistory.Precision;
import dev.kairos.methods.report.PseudoActionHistory.Quality;
import dev.kairos.methods.tal.ActionInstance;
import dev.kairos.methods.tal.Segment;
import dev.kairos.tensor.io.DataFormatException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The file of pseudo actions is read as written, or refused in one line. */
class PseudoActionHistoryFileTest {
  @TempDir Path folder;

  private static Look look(long epoch, Errors starts) {
    return new Look(
        epoch,
        4 * epoch,
        List.of(
            new Found(
                List.of(new Segment(0.5, 1.25), new Segment(2, 3.1)),
                List.of(1.5),
                List.of(new Segment(0, 0.5), new Segment(1.25, 2)))),
        new Quality(
            new Precision(List.of(0.1, 0.2), List.of(0.1 + 0.2, 1.0)),
            new Precision(List.of(0.5), List.of(0.0)),
            2,
            1,
            starts,
            new Errors(0.25, 0.75)));
  }

  private static PseudoActionHistory history() {
    Look first = look(0, new Errors(-0.25, 0.5));
    return new PseudoActionHistory(
        "table 'a'",
        List.of(
            new MarkedRecording(
                "ü \"1\"",
                3.1,
                List.of(
                    new MarkedMoment(1, List.of("Dive", "Jump")),
                    new MarkedMoment(2.5, List.of("Jump"))),
                List.of(new ActionInstance("Jump", new Segment(0.25, 1.25))))),
        List.of(
            first,
            look(2, new Errors(Double.NaN, Double.NaN)),
            new Look(3, 20, first.found(), null)));
  }

  @Test
  void whatIsWrittenIsRead() throws IOException {
    Path file = folder.resolve(PseudoActionHistoryFile.NAME);
    PseudoActionHistoryFile.write(file, history());
    assertEquals(history(), PseudoActionHistoryFile.read(file));
    String none = PseudoActionHistoryFile.text(PseudoActionHistory.NONE);
    assertEquals(PseudoActionHistory.NONE, PseudoActionHistoryFile.read(none));
  }

  /** Something else in place of a piece of the file, and what the message must name. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"duration\" : 3.1 | \"duration\" : \"3.1\" | /recordings/0/duration",
        "\"duration\" : 3.1 | \"duration\" : -3.1 | duration",
        "\"pointSource\" : | \"source\" : | pointSource",
        "\"seconds\" : 2.5 | \"second\" : 2.5 | seconds",
        "\"epoch\" : 2, | \"epoch\" : 2.5, | /looks/1/epoch",
        "\"step\" : 8, | \"step\" : 0, | ascending",
        "[ 2.0, 3.1 ] | [ 3.1, 2.0 ] | /found/0/actions/1",
        "[ 2.0, 3.1 ] | [ 2.0 ] | [start, end]",
        "\"mean\" : -0.25 | \"mean\" : -0.75 | magnitude",
        "\"map\" : [ 0.0 ] | \"map\" : [ ] | 1 thresholds",
        "\"map\" : [ 0.0 ] | \"map\" : [ 1e999 ] | finite",
        "\"compared\" : 2 | \"compared\" : null | whole number",
      })
  void whatIsWrongIsNamed(String piece, String other, String expected) throws IOException {
    String text = PseudoActionHistoryFile.text(history());
    assertTrue(text.contains(piece), piece + " in " + text);
    Path file = folder.resolve(PseudoActionHistoryFile.NAME);
    Files.writeString(file, text.replace(piece, other));
    DataFormatException e =
        assertThrows(DataFormatException.class, () -> PseudoActionHistoryFile.read(file));
    String message = String.valueOf(e.getMessage());
    assertTrue(message.contains(file.toString()) && message.contains(expected), message);
  }

  @Test
  void looksAndRecordingsBelongTogether() {
    PseudoActionHistory whole = history();
    assertThrows(
        IllegalArgumentException.class,
        () -> new PseudoActionHistory("", List.of(), whole.looks()));
    MarkedRecording one = whole.recordings().get(0);
    MarkedRecording fewer =
        new MarkedRecording(one.id(), one.duration(), one.points().subList(0, 1), one.truth());
    assertThrows(
        IllegalArgumentException.class,
        () -> new PseudoActionHistory("", List.of(fewer), whole.looks()));
  }

  @Test
  void damagedFilesAreRefusedInOneLineOrHoldAHistory() throws IOException {
    Path file = folder.resolve(PseudoActionHistoryFile.NAME);
    String text = PseudoActionHistoryFile.text(history());
    int[] counts = new int[2];
    Campaign.run(
        700,
        1500,
        random -> {
          Files.write(file, Mutation.of(text, random).getBytes(StandardCharsets.UTF_8));
          try {
            PseudoActionHistory read = PseudoActionHistoryFile.read(file);
            assertEquals(read, PseudoActionHistoryFile.read(PseudoActionHistoryFile.text(read)));
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
}
