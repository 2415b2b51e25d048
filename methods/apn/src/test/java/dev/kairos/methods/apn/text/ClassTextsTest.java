// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.apn.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.kernels.KairosException;
import dev.kairos.methods.settings.ConfigException;
import dev.kairos.methods.settings.Settings;
import dev.kairos.tensor.Engine;
import dev.kairos.tensor.io.DataFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClassTextsTest {
  private static final List<String> CLASSES = List.of("CliffDiving", "Diving", "TaiChi");

  @TempDir Path folder;

  private static Settings settings(String... words) {
    return Settings.empty().withOverrides(Arrays.asList(words));
  }

  private static ClassVectors vectors(List<String> classes, String... words) throws IOException {
    try (Engine engine = Engine.open("reference", 1)) {
      return ClassTexts.from(settings(words)).vectors(classes, engine);
    }
  }

  private static String problem(KairosException e) {
    return e.getMessage() + " " + e.hint().orElse("");
  }

  @Test
  void codesOfWordsAreTheDefault() throws IOException {
    ClassVectors vectors = vectors(CLASSES);
    assertEquals("hashed words", vectors.source());
    assertEquals(3, vectors.size());
    assertEquals(512, vectors.width());
    double[] all = vectors.toDoubles();
    assertArrayEquals(WordCodes.vector("diving", 512), Arrays.copyOfRange(all, 512, 1024), 0);
    all[0] = 7;
    assertNotEquals(7, vectors.toDoubles()[0]);
  }

  @Test
  void theFingerprintTellsWordsApart() throws IOException {
    String fingerprint = vectors(CLASSES).fingerprint();
    assertTrue(fingerprint.matches("[0-9a-f]{64}"), fingerprint);
    assertArrayEquals(vectors(CLASSES).toDoubles(), vectors(CLASSES).toDoubles());
    assertEquals(fingerprint, vectors(List.of("cliff_diving", "diving", "tai chi")).fingerprint());
    assertNotEquals(fingerprint, vectors(List.of("CliffDiving", "Diving")).fingerprint());
    assertNotEquals(fingerprint, vectors(CLASSES, "text.names=TaiChi=shadow boxing").fingerprint());
  }

  @Test
  void wordsCanBeChosen() {
    ClassTexts texts = ClassTexts.from(settings("text.names=TaiChi=Shadow  boxing,Diving=a=b"));
    assertEquals(List.of("cliff diving", "a=b", "shadow boxing"), texts.words(CLASSES));
  }

  @ParameterizedTest
  @CsvSource({
    "text.names=TaiChi, is not NAME=WORDS",
    "text.names==x, is not NAME=WORDS",
    "'text.names=TaiChi=a,TaiChi=b', twice",
    "text.names=TaiChy=a, did you mean 'TaiChi'?",
    "text.names=TaiChi=, has no words",
    "text.names=TaiChi=diving, told apart",
    "text.names=TaiChi=diving cliff, told apart",
    "text.source=clop, did you mean clip?"
  })
  void otherSettingsAreRefused(String setting, String words) {
    ConfigException e = assertThrows(ConfigException.class, () -> vectors(CLASSES, setting));
    assertTrue(problem(e).contains(words), problem(e));
  }

  @Test
  void namesMustHaveWordsOfTheirOwn() {
    ConfigException none =
        assertThrows(ConfigException.class, () -> vectors(List.of("run", " _-")));
    assertTrue(problem(none).contains("' _-'"), problem(none));
    ConfigException twice =
        assertThrows(ConfigException.class, () -> vectors(List.of("HighJump", "x", "high-jump")));
    assertTrue(problem(twice).contains("'HighJump' and 'high-jump'"), problem(twice));
    assertTrue(problem(twice).contains("text.names"), problem(twice));
  }

  @Test
  void clipNeedsItsFiles() throws IOException {
    for (String missing : List.of("text.weights", "text.vocabulary")) {
      String other = missing.equals("text.weights") ? "text.vocabulary" : "text.weights";
      ConfigException e =
          assertThrows(
              ConfigException.class,
              () -> ClassTexts.from(settings("text.source=clip", other + "=x")));
      assertEquals("KCONF-008", e.code());
      assertTrue(problem(e).contains("--set " + missing + "=FILE"), problem(e));
    }
    Path none = folder.resolve("none");
    String[] clip = {"text.source=clip", "text.weights=" + none, "text.vocabulary=" + none};
    DataFormatException e = assertThrows(DataFormatException.class, () -> vectors(CLASSES, clip));
    assertTrue(problem(e).contains(none + ": no such file"), problem(e));
    Path empty = Files.writeString(folder.resolve("empty"), "");
    String[] both = {"text.source=clip", "text.weights=" + empty, "text.vocabulary=" + empty};
    DataFormatException other =
        assertThrows(DataFormatException.class, () -> vectors(CLASSES, both));
    assertEquals("KFMT-411", other.code());
  }

  /** Keys of CLIP are unknown where it is not chosen; all that are asked for are listed. */
  @Test
  void listsItsKeys() {
    Settings words = settings("text.weights=x");
    ClassTexts.from(words);
    assertThrows(ConfigException.class, words::finish);
    Settings clip = settings("text.source=clip", "text.weights=x", "text.vocabulary=y");
    ClassTexts.from(clip);
    clip.finish();
    assertEquals(
        List.of(
            "text.source",
            "text.names",
            "text.weights",
            "text.vocabulary",
            "text.heads",
            "text.prompts",
            "text.width"),
        List.copyOf(clip.resolved().keySet()));
    assertEquals(Prompts.DEFAULTS, clip.resolved().get("text.prompts"));
  }
}
