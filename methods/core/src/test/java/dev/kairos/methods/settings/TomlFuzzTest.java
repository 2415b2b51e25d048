// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.settings;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.kernels.KairosException;
import dev.kairos.kernels.contract.Campaign;
import dev.kairos.methods.data.DatasetDescription;
import dev.kairos.tensor.io.DataFormatException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Settings and descriptions that were damaged at random are read, or refused as data, in a short
 * line and a time that nobody notices. {@code -Dkairos.fuzz.seconds=N} goes on for longer.
 */
class TomlFuzzTest {
  private static final long SEED = 20250302;
  private static final int INPUTS = 1500;
  private static final long MOST_CPU_NANOS = 2_000_000_000L; // a healthy input takes a hundredth
  private static final int LONGEST_MESSAGE = 1000;
  private static final List<String> TOKENS =
      List.of(
          "[",
          "]",
          "[[",
          "]]",
          "{",
          "}",
          "=",
          ",",
          ".",
          "#",
          "'",
          "\"",
          "\"\"\"",
          "'''",
          "\\",
          "\n",
          "\r\n",
          "\r",
          " ",
          "a",
          "a.",
          "a=1\n",
          "[a]\n",
          "[[a]]\n",
          "0",
          "9",
          "-",
          "+",
          "_",
          "1_",
          "e9",
          "0x",
          "0b1",
          "inf",
          "nan",
          "true",
          "2024-01-01",
          "07:30",
          "T",
          "Z",
          "\0",
          "\uFEFF",
          "\\u00e9",
          "\\U0010FFFF",
          "é",
          "\uD83D\uDE00",
          "[1,",
          "{a=",
          "name = 'x'\n");
  private static final String DESCRIPTION =
      """
      # windows of 0.64 s
      name = "set"
      fps = 25
      stride = 16.5
      classes = [
        "Läufe",
        'b "c"',
      ]
      notes = \"""
      two
      lines\"""

      [[streams]]
      name = "rgb"
      width = 8
      """;
  private static final String CONFIG =
      """
      method = "basnet"
      seed = 7
      learningRate = 1.0E-4
      hex = 0xff
      since = 2024-02-29T07:30:00Z
      limits = [0.1, inf, -2]

      [ilg]
      hidden = 8
      "quoted key".sub = { a = 1, b = [true, false] }
      """;

  @TempDir Path folder;

  private final SplittableRandom random = new SplittableRandom(SEED);

  private String mutated(String text) {
    StringBuilder out = new StringBuilder(text);
    for (int rest = 1 + random.nextInt(4); rest > 0; rest--) {
      int at = random.nextInt(out.length() + 1);
      String token = TOKENS.get(random.nextInt(TOKENS.size()));
      switch (random.nextInt(7)) {
        case 0 -> out.insert(at, token);
        case 1 -> out.insert(at, token.repeat(1 + random.nextInt(100_000 / token.length())));
        case 2 -> out.delete(at, Math.min(out.length(), at + 1 + random.nextInt(8)));
        case 3 -> out.insert(at, out.substring(at, Math.min(out.length(), at + 30)));
        case 4 -> out.setLength(at);
        case 5 -> out.insert(at, text);
        default -> out.insert(at, token + TOKENS.get(random.nextInt(TOKENS.size())).repeat(50));
      }
    }
    return out.toString();
  }

  @Test
  void everyInputIsReadOrRefused() throws IOException {
    Path file = folder.resolve("dataset.toml");
    for (long i : Campaign.seeds(0, INPUTS)) {
      boolean description = i % 2 == 0;
      String text = mutated(description ? DESCRIPTION : CONFIG);
      Files.write(file, text.getBytes(StandardCharsets.UTF_8));
      long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
      String place = "seed " + SEED + ", input " + i;
      try {
        if (description) {
          assertTrue(DatasetDescription.read(file).totalWidth() > 0, place);
        } else {
          read(file);
        }
      } catch (DataFormatException | ConfigException e) {
        requireShort(place, e);
      } catch (RuntimeException | StackOverflowError e) {
        throw new AssertionError(place + ": " + shortened(text), e);
      }
      long spent = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before;
      assertTrue(spent < MOST_CPU_NANOS, place + " took " + spent + " ns: " + shortened(text));
    }
  }

  /** Reads settings, and what each of them is asked for. */
  private static void read(Path file) throws IOException {
    Settings settings = Settings.empty().withConfig(file);
    for (Map.Entry<String, SettingValue> value : SettingSource.file(file).values().entrySet()) {
      assertTrue(!value.getValue().toml().isEmpty() || value.getKey() != null);
      assertTrue(value.getValue().shown().length() < 100);
    }
    settings.text("method", "");
    settings.integer("seed", 0);
    settings.number("learningRate", 1);
    settings.numbers("limits", List.of());
    settings.finish();
  }

  private void requireShort(String place, KairosException e) {
    String message = String.valueOf(e.getMessage()).replace(folder.toString(), "");
    assertTrue(message.length() < LONGEST_MESSAGE, place + ": " + message.length());
    assertTrue(message.indexOf('\n') < 0, place + ": " + message);
    assertTrue(e.hint().orElse("").length() < LONGEST_MESSAGE, place);
  }

  private static String shortened(String text) {
    return text.length() <= 500 ? text : text.substring(0, 500) + "...";
  }
}
