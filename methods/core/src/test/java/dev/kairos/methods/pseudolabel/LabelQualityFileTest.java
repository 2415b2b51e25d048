// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.pseudolabel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.methods.evaluation.BoundaryErrors;
import dev.kairos.tensor.io.DataFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelQualityFileTest {
  private static final LabelQuality QUALITY = new LabelQuality(4, 3, 8);
  private static final LabelOrigin ORIGIN = new LabelOrigin(2, "gaufuse", "mixed \"m\"", 12_000);

  @TempDir Path folder;

  private Path file() {
    return folder.resolve(LabelQualityFile.NAME);
  }

  private static String json(String more) {
    return """
        {
          "selected" : 4,
          "correct" : 3,
          "total" : 8,
          "precision" : 0.75,
          "recall" : 0.375%s
        }"""
        .formatted(more);
  }

  @Test
  void qualityAloneIsTheFileItHasAlwaysBeen() throws IOException {
    LabelQualityFile.write(file(), QUALITY);
    assertEquals(json(""), Files.readString(file()).replace(System.lineSeparator(), "\n"));
    assertEquals(QUALITY, LabelQualityFile.read(file()));
    assertEquals(Optional.empty(), LabelQualityFile.readOrigin(file()));
  }

  @Test
  void whenceTheyComeGoesBesideIt() throws IOException {
    LabelQualityFile.write(file(), QUALITY, ORIGIN);
    String more =
        ",\n  \"generation\" : 2,\n  \"maker\" : \"gaufuse\",\n"
            + "  \"source\" : \"mixed \\\"m\\\"\",\n  \"step\" : 12000";
    assertEquals(json(more), Files.readString(file()).replace(System.lineSeparator(), "\n"));
    assertEquals(QUALITY, LabelQualityFile.read(file()));
    assertEquals(Optional.of(ORIGIN), LabelQualityFile.readOrigin(file()));
  }

  @Test
  void howFarBoundariesAreOffGoesBesideIt() throws IOException {
    LabelQualityFile.write(file(), QUALITY, new BoundaryErrors(2, 1, -1, 2, 0.5, 0.5));
    String more =
        """
        ,
          "boundaries" : {
            "matched" : 2,
            "missed" : 1,
            "start" : -0.5,
            "start_absolute" : 1.0,
            "end" : 0.25,
            "end_absolute" : 0.25
          }""";
    assertEquals(json(more), Files.readString(file()).replace(System.lineSeparator(), "\n"));
    assertEquals(QUALITY, LabelQualityFile.read(file()));
  }

  private void refuses(String part, String more) throws IOException {
    Files.writeString(file(), json(more));
    assertEquals(QUALITY, LabelQualityFile.read(file()));
    DataFormatException e =
        assertThrows(DataFormatException.class, () -> LabelQualityFile.readOrigin(file()));
    assertEquals("KFMT-233", e.code());
    assertTrue(String.valueOf(e.getMessage()).contains(part), e::getMessage);
  }

  @Test
  void refusesAnOriginThatIsNone() throws IOException {
    refuses("maker: expected a name, found none", ", \"generation\": 1");
    refuses("generation: expected a whole number, found null", ", \"generation\": null");
    refuses("generation: expected a whole number, found 1.5", ", \"generation\": 1.5");
    refuses(
        "source: expected a name, found 7", ", \"generation\": 1, \"maker\": \"a\", \"source\": 7");
    String whole = ", \"maker\": \"a\", \"source\": \"b\", \"step\": 1";
    refuses("must not be negative: -1, 1", ", \"generation\": -1" + whole);
    refuses("overflow", ", \"generation\": 3000000000" + whole);
    refuses("need a name", ", \"generation\": 1" + whole.replace("\"b\"", "\"\""));
  }
}
