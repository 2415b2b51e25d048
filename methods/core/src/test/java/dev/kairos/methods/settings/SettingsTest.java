// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
  @TempDir Path folder;

  private enum Pace {
    SLOW,
    VERY_FAST
  }

  @Test
  void findsConstantsByTheirNameInLowerCaseWithHyphens() throws Exception {
    Settings given = Settings.empty().withOverrides(List.of("pace=very-fast"));
    assertEquals(Pace.VERY_FAST, given.choice("pace", Pace.SLOW));
    assertEquals(Pace.SLOW, given.choice("other", Pace.SLOW));
    assertTrue(given.toToml().contains("pace = \"very-fast\""), given.toToml());
    Settings wrong = Settings.empty().withOverrides(List.of("pace=VERY_FAST"));
    ConfigException e = assertThrows(ConfigException.class, () -> wrong.choice("pace", Pace.SLOW));
    assertTrue(e.getMessage().contains("slow, very-fast"), e.getMessage());
  }

  @Test
  void theLaterSourceWins() throws IOException {
    Settings settings =
        Settings.empty()
            .withPreset("preset", "a = 1\nb = 1\nc = 1")
            .withConfig(file("a = 2\nb = 2"))
            .withOverrides(List.of("a=3"));
    assertEquals(3, settings.integer("a", 0));
    assertEquals(2, settings.integer("b", 0));
    assertEquals(1, settings.integer("c", 0));
    assertEquals(0, settings.integer("d", 0));
    settings.finish();
  }

  @Test
  void everyTypeFromAFile() throws IOException {
    Settings settings =
        Settings.empty()
            .withConfig(
                file(
                    """
                    name = "rgb"
                    on = true
                    rate = 1e-4
                    whole = 3
                    scales = [1, 2.5]
                    classes = ["a", "b"]
                    [train]
                    steps = 1_000
                    optimiser = { kind = "adam" }
                    """));
    assertEquals("rgb", settings.text("name", ""));
    assertTrue(settings.flag("on", false));
    assertEquals(1e-4, settings.number("rate", 0));
    assertEquals(3.0, settings.number("whole", 0));
    assertEquals(List.of(1.0, 2.5), settings.numbers("scales", List.of()));
    assertEquals(List.of("a", "b"), settings.texts("classes", List.of()));
    assertEquals(1000, settings.integer("train.steps", 1));
    assertEquals("adam", settings.choice("train.optimiser.kind", "sgd", "sgd", "adam"));
    settings.finish();
  }

  @Test
  void everyTypeFromTheCommandLine() {
    Settings settings =
        Settings.empty()
            .withOverrides(
                List.of(
                    "name=42",
                    "quoted=\"a b\"",
                    "on=true",
                    "rate=.5",
                    "big=inf",
                    "steps=1_000",
                    "list=0.1, 2",
                    "toml=[1, 2.5]",
                    "words=a,b",
                    "none=",
                    "eq=a=b"));
    assertEquals("42", settings.text("name", ""));
    assertEquals("a b", settings.text("quoted", ""));
    assertTrue(settings.flag("on", false));
    assertEquals(0.5, settings.number("rate", 0));
    assertEquals(Double.POSITIVE_INFINITY, settings.number("big", 0));
    assertEquals(1000, settings.integer("steps", 0));
    assertEquals(List.of(0.1, 2.0), settings.numbers("list", List.of()));
    assertEquals(List.of(1.0, 2.5), settings.numbers("toml", List.of()));
    assertEquals(List.of("a", "b"), settings.texts("words", List.of()));
    assertEquals(List.of(), settings.numbers("none", List.of(1.0)));
    assertEquals("a=b", settings.text("eq", ""));
    settings.finish();
  }

  @Test
  void theResolvedConfigurationReadsBackTheSame() throws IOException {
    Settings first =
        Settings.empty().withOverrides(List.of("train.rate=1e-4", "name=a\"\\\n\u00e9"));
    String toml = ask(first).toToml();
    assertEquals(
        """
        name = "a\\"\\\\\\n\u00e9"
        wide = inf
        scales = [1.0, 0.5]
        classes = []

        [train]
        rate = 1.0E-4
        steps = 100

        [train.more]
        on = false
        """,
        toml);
    Settings again = Settings.empty().withConfig(file(toml));
    assertEquals(toml, ask(again).toToml());
    again.finish();
  }

  private static Settings ask(Settings settings) {
    settings.number("train.rate", 1);
    settings.text("name", "");
    settings.number("wide", Double.POSITIVE_INFINITY);
    settings.integer("train.steps", 100);
    settings.numbers("scales", List.of(1.0, 0.5));
    settings.flag("train.more.on", false);
    settings.texts("classes", List.of());
    return settings;
  }

  @Test
  void unknownKeysAreNamedWithPlaceAndNearestKey() throws IOException {
    Path file = file("[train]\nstepz = 5");
    Settings settings = Settings.empty().withConfig(file);
    settings.integer("train.steps", 1);
    ConfigException e = assertThrows(ConfigException.class, settings::finish);
    assertEquals("KCONF-001", e.code());
    assertEquals(file + ":2:1: unknown key train.stepz", e.getMessage());
    assertEquals("did you mean train.steps?", e.hint().orElseThrow());

    Settings moved = Settings.empty().withOverrides(List.of("steps=5"));
    moved.integer("train.steps", 1);
    ConfigException other = assertThrows(ConfigException.class, moved::finish);
    assertEquals("--set steps=5: unknown key steps", other.getMessage());
    assertEquals("did you mean train.steps?", other.hint().orElseThrow());

    Settings far = Settings.empty().withOverrides(List.of("zzzzzz=5"));
    far.integer("train.steps", 1);
    assertTrue(assertThrows(ConfigException.class, far::finish).hint().isEmpty());
  }

  @Test
  void wrongTypesAreRefusedWithBothTypes() throws IOException {
    Path file = file("a = \"5\"\nb = 5.5\nc = 1\nd = [1, \"x\"]\ne = 5\nf = 2026-01-01");
    Settings settings = Settings.empty().withConfig(file);
    refuses(settings, s -> s.integer("a", 0), file + ":1:1: a must be a whole number, found \"5\"");
    refuses(settings, s -> s.integer("b", 0), file + ":2:1: b must be a whole number, found 5.5");
    refuses(settings, s -> s.flag("c", true), file + ":3:1: c must be true or false, found 1");
    refuses(
        settings,
        s -> s.numbers("d", List.of()),
        file + ":4:1: d must be a list of numbers, found [1, x]");
    refuses(settings, s -> s.text("e", ""), file + ":5:1: e must be a text in quotes, found 5");
    refuses(settings, s -> s.number("f", 1), file + ":6:1: f must be a number, found 2026-01-01");
  }

  private static void refuses(Settings settings, Consumer<Settings> question, String message) {
    ConfigException e = assertThrows(ConfigException.class, () -> question.accept(settings));
    assertEquals("KCONF-002", e.code());
    assertEquals(message, e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"x=", "x=five", "x=1.5", "x=0x10", "x=99999999999999999999", "x=[1]"})
  void wordsThatAreNoWholeNumber(String word) {
    Settings settings = Settings.empty().withOverrides(List.of(word));
    assertThrows(ConfigException.class, () -> settings.integer("x", 0));
  }

  @Test
  void rangesAndChoices() {
    Settings settings =
        Settings.empty().withOverrides(List.of("rate=-1", "steps=0", "kind=addam", "nan=NaN"));
    assertEquals(
        "--set rate=-1: rate must be a number from 0.0 to 1.0, found -1",
        assertThrows(ConfigException.class, () -> settings.number("rate", 0.5, 0, 1)).getMessage());
    assertEquals(
        "--set steps=0: steps must be a whole number of at least 1, found 0",
        assertThrows(ConfigException.class, () -> settings.integer("steps", 5, 1, Long.MAX_VALUE))
            .getMessage());
    ConfigException choice =
        assertThrows(ConfigException.class, () -> settings.choice("kind", "sgd", "sgd", "adam"));
    assertEquals(
        "--set kind=addam: kind must be one of sgd, adam, found addam", choice.getMessage());
    assertEquals("did you mean adam?", choice.hint().orElseThrow());
    assertThrows(ConfigException.class, () -> settings.number("nan", 0));
    assertThrows(IllegalArgumentException.class, () -> settings.integer("other", 0, 1, 2));
  }

  @Test
  void tomlErrorsSayWhere() throws IOException {
    Path file = file("a = 1\nb = \n");
    ConfigException e =
        assertThrows(ConfigException.class, () -> Settings.empty().withConfig(file));
    assertEquals("KCONF-004", e.code());
    assertTrue(e.getMessage().startsWith(file + ":2:5: "), e.getMessage());
    assertFalse(e.getMessage().contains("\n"), e.getMessage());
    Path twice = file("a = 1\na = 2\n");
    assertTrue(
        assertThrows(ConfigException.class, () -> Settings.empty().withConfig(twice))
            .getMessage()
            .contains(":2:"));
  }

  @Test
  void hostileFilesAreRefused() throws IOException {
    Path deep = file("a = " + "[".repeat(200_000));
    assertThrows(ConfigException.class, () -> Settings.empty().withConfig(deep));
    Path large = file("#".repeat((1 << 20) + 1));
    assertThrows(ConfigException.class, () -> Settings.empty().withConfig(large));
    Path binary = folder.resolve("binary.toml");
    Files.write(binary, new byte[] {(byte) 0xff, (byte) 0xfe, 0});
    assertThrows(ConfigException.class, () -> Settings.empty().withConfig(binary));
    assertThrows(
        NoSuchFileException.class, () -> Settings.empty().withConfig(folder.resolve("none.toml")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"steps", "=5", " = 5"})
  void overridesNeedAKeyAndAValue(String word) {
    ConfigException e =
        assertThrows(ConfigException.class, () -> Settings.empty().withOverrides(List.of(word)));
    assertEquals("KCONF-005", e.code());
  }

  @Test
  void theSameOverrideTwiceIsRefused() {
    assertThrows(
        ConfigException.class, () -> Settings.empty().withOverrides(List.of("a=1", "a=2")));
  }

  @Test
  void oneKeyHasOneAnswer() {
    Settings settings = Settings.empty();
    settings.integer("a", 1);
    settings.integer("a", 1);
    assertThrows(IllegalStateException.class, () -> settings.integer("a", 2));
  }

  private Path file(String toml) throws IOException {
    return Files.writeString(Files.createTempFile(folder, "config", ".toml"), toml);
  }

  @Test
  void meaningsStandInTheConfigurationAndChangeNoValue() throws IOException {
    Settings first = Settings.empty();
    first.number("classThreshold", 0.25, 0, 1);
    first.choice("suppression", "nms", "nms", "fusion");
    first.numbers("fusion.list", List.of(1.0, 2.0));
    first.number("fusion.threshold", 0.5, 0, 1);
    String toml = first.toToml();
    assertTrue(toml.startsWith("classThreshold = 0.25 # least score of the recording"), toml);
    assertTrue(toml.contains("\nlist = [1.0, 2.0]\n"), toml);
    Settings again = Settings.empty().withConfig(file(toml));
    assertEquals(0.25, again.number("classThreshold", 1, 0, 1));
    assertEquals("nms", again.choice("suppression", "fusion", "nms", "fusion"));
    assertEquals(List.of(1.0, 2.0), again.numbers("fusion.list", List.of()));
    assertEquals(0.5, again.number("fusion.threshold", 0, 0, 1));
    again.finish();
    assertEquals(toml, again.toToml());
    String bare = toml.replaceAll(" #.*", "");
    assertEquals(List.of(), SettingsFile.edits(file(toml), "before", bare));
    ConfigException wrong =
        assertThrows(
            ConfigException.class,
            () ->
                Settings.empty()
                    .withConfig(file(toml.replace("threshold = 0.5", "threshold = true")))
                    .number("fusion.threshold", 0, 0, 1));
    assertTrue(wrong.getMessage().contains(":6:1: "), wrong.getMessage());
  }

  @Test
  void describesWhatWasAskedFor() {
    Settings settings = Settings.empty().withOverrides(List.of("seed=7"));
    settings.integer("seed", 0, 0, Integer.MAX_VALUE);
    settings.flag("unknown", true);
    Setting seed = settings.described().get(0);
    assertEquals("integer >= 0", seed.allowed());
    assertEquals("7", seed.valueText());
    assertEquals("-", seed.paperText());
    Setting unknown = settings.described().get(1);
    assertEquals("", unknown.meaning());
    assertEquals("true", unknown.paperText());
  }
}
