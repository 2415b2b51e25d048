// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.methods.evaluation.ValidationFile.Content;
import dev.kairos.methods.evaluation.ValidationFile.Evaluation;
import dev.kairos.tensor.io.DataFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ValidationFileTest {
  private static final Evaluation FIRST = new Evaluation("a", 5, 5, 0.1 + 0.2, 0.75);
  private static final Evaluation SECOND = new Evaluation("b", 2, 12, 0.25, Double.NaN);

  @TempDir private Path folder;

  private static Content content(List<Evaluation> evaluations, Optional<Evaluation> kept) {
    return new Content(
        Protocol.ACTIVITYNET,
        List.of(0.3, 0.5),
        "subset val: 2 recordings",
        List.of("x", "y"),
        evaluations,
        kept,
        List.of("a"));
  }

  @Test
  void readsBackToTheSameBits() throws IOException {
    Path file = folder.resolve(ValidationFile.NAME);
    Content content = content(List.of(FIRST, SECOND), Optional.of(FIRST));
    ValidationFile.write(file, content);
    assertEquals(content, ValidationFile.read(file));
    assertFalse(Files.readString(file).contains("NaN"));
    Content empty = content(List.of(), Optional.empty());
    ValidationFile.write(file, empty);
    assertEquals(empty, ValidationFile.read(file));
  }

  @Test
  void whatIsDamagedIsNamed() throws IOException {
    Path file = folder.resolve(ValidationFile.NAME);
    ValidationFile.write(file, content(List.of(FIRST), Optional.of(FIRST)));
    String good = Files.readString(file);
    for (String[] change :
        new String[][] {
          {"\"activitynet\"", "\"mine\"", "protocol"},
          {"[ 0.3, 0.5 ]", "3", "tiou"},
          {"0.3,", "\"x\",", "tiou"},
          {"\"average\" : 0.", "\"average\" : \"\", \"x\" : 0.", "average"},
          {"\"recordings\"", "\"others\"", "recordings"},
          {"}", "", "not JSON"},
        }) {
      assertTrue(good.contains(change[0]), change[0] + " in " + good);
      Files.writeString(file, good.replace(change[0], change[1]));
      DataFormatException e =
          assertThrows(DataFormatException.class, () -> ValidationFile.read(file), change[0]);
      assertEquals("KFMT-215", e.code());
      assertTrue(String.valueOf(e.getMessage()).contains(change[2]), e.getMessage());
    }
  }
}
