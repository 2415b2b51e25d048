// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kairos.tensor.io.DataFormatException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsLogTest {
  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("metrics.jsonl");
  }

  @Test
  void oneObjectALine() throws IOException {
    try (MetricsLog log = MetricsLog.create(file)) {
      log.append(7, new java.util.TreeMap<>(Map.of("epoch", 2, "loss", 0.1f, "rate", 1e-4)));
      log.append(8, Map.of("loss", Double.NaN));
    }
    assertEquals(
        List.of(
            "{\"step\":7,\"epoch\":2,\"loss\":0.1,\"rate\":1.0E-4}",
            "{\"step\":8,\"loss\":\"NaN\"}"),
        Files.readAllLines(file));
  }

  @Test
  void numbersReadBackToTheSameBits() throws IOException {
    long seed = 20260102;
    SplittableRandom random = new SplittableRandom(seed);
    ObjectMapper json = new ObjectMapper();
    double[] doubles = new double[1000];
    float[] floats = new float[1000];
    try (MetricsLog log = MetricsLog.create(file)) {
      for (int i = 0; i < doubles.length; i++) {
        doubles[i] = finite(Double.longBitsToDouble(random.nextLong()));
        floats[i] = (float) finite(Float.intBitsToFloat(random.nextInt()));
        log.append(i, Map.of("d", doubles[i], "f", floats[i]));
      }
    }
    List<String> lines = Files.readAllLines(file);
    for (int i = 0; i < doubles.length; i++) {
      JsonNode line = json.readTree(lines.get(i));
      assertEquals(doubles[i], line.get("d").asDouble(), "seed " + seed + ", line " + i);
      assertEquals(floats[i], (float) line.get("f").asDouble(), "seed " + seed + ", line " + i);
    }
  }

  private static double finite(double value) {
    return Double.isFinite(value) ? value : 0;
  }

  @Test
  void aResumedRunEndsWithTheFileOfAnUndisturbedOne() throws IOException {
    Path undisturbed = folder.resolve("undisturbed.jsonl");
    write(MetricsLog.create(undisturbed), 1, 20);
    for (int saved = 0; saved <= 20; saved++) {
      Files.deleteIfExists(file);
      write(MetricsLog.create(file), 1, 15); // the state was saved at `saved`, the run died at 15
      write(MetricsLog.resume(file, Math.min(saved, 15)), Math.min(saved, 15) + 1, 20);
      assertEquals(Files.readString(undisturbed), Files.readString(file), "saved at " + saved);
    }
  }

  @Test
  void aLineThatACrashCutShortIsDropped() throws IOException {
    write(MetricsLog.create(file), 1, 3);
    Files.writeString(file, "{\"step\":4,\"lo", StandardOpenOption.APPEND);
    write(MetricsLog.resume(file, 3), 4, 4);
    Path undisturbed = folder.resolve("undisturbed.jsonl");
    write(MetricsLog.create(undisturbed), 1, 4);
    assertEquals(Files.readString(undisturbed), Files.readString(file));
  }

  @Test
  void resumingWithoutAFileStartsOne() throws IOException {
    write(MetricsLog.resume(file, 0), 1, 1);
    assertEquals(1, Files.readAllLines(file).size());
  }

  @Test
  void foreignFilesAreNamedAndLeftAlone() throws IOException {
    for (String line : List.of("hello", "[1]", "{\"loss\":1}", "{\"step\":\"1\"}", "")) {
      Files.writeString(file, "{\"step\":1}\n" + line + "\n");
      DataFormatException e =
          assertThrows(DataFormatException.class, () -> MetricsLog.resume(file, 9));
      assertTrue(e.getMessage().startsWith(file + ": line 2: "), e.getMessage());
      assertEquals("{\"step\":1}\n" + line + "\n", Files.readString(file));
    }
  }

  @Test
  void anExistingLogIsNotOverwritten() throws IOException {
    Files.writeString(file, "precious");
    assertThrows(FileAlreadyExistsException.class, () -> MetricsLog.create(file));
    assertEquals("precious", Files.readString(file));
  }

  private static void write(MetricsLog log, int first, int last) throws IOException {
    try (log) {
      for (int step = first; step <= last; step++) {
        log.append(step, Map.of("loss", 1.0 / step));
      }
    }
  }

  @Test
  void readsWhatItWroteAndLeavesOutALineCutShort() throws IOException {
    try (MetricsLog log = MetricsLog.create(file)) {
      log.append(1, Map.of("loss", 0.1));
      log.append(2, Map.of("loss", Double.NaN));
    }
    Files.writeString(file, "{\"step\":3,\"lo", StandardOpenOption.APPEND);
    assertEquals(
        List.of(
            new MetricsLog.Entry(1, Map.of("loss", 0.1)),
            new MetricsLog.Entry(2, Map.of("loss", Double.NaN))),
        MetricsLog.read(file));
    Files.writeString(file, "{\"step\":3,\"loss\":\"high\"}\n");
    assertThrows(DataFormatException.class, () -> MetricsLog.read(file));
  }
}
