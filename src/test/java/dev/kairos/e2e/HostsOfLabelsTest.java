// SPDX-License-Identifier: Apache-2.0
package dev.kairos.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.kairos.methods.Methods;
import dev.kairos.methods.generate.ThumosLikeGenerator;
import dev.kairos.methods.host.HostMethod;
import dev.kairos.methods.training.Method;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every host learns labels of its own instances, from the command to the report. */
@Tag("once")
class HostsOfLabelsTest {
  @TempDir Path folder;

  @Test
  void everyHostLearnsItsOwnLabels() throws IOException {
    Path data = folder.resolve("data");
    ThumosLikeGenerator.write(data, TinyRun.DATA);
    List<String> hosts =
        Methods.all().stream().filter(HostMethod.class::isInstance).map(Method::name).toList();
    assertTrue(hosts.containsAll(List.of("basnet", "bm", "facnet", "rskp", "stpn", "wum")));
    for (String host : hosts) {
      Path run = folder.resolve(host);
      boolean epochs = host.equals("rskp") || host.equals("facnet");
      TinyRun.succeed(words(data, run, "host=" + host, (epochs ? "epochs=" : "steps=") + 70));
      JsonNode history =
          JsonMapper.builder()
              .build()
              .readTree(run.resolve("stages/gaufuse/generations.json").toFile());
      assertEquals(6, history.get("generations").size(), host);
      assertTrue(history.get("recordings").size() > 0, host);
      assertTrue(Files.exists(run.resolve("stages/gaufuse/latest/labels.npy")), host);
      assertTrue(Files.readString(run.resolve("report.html")).contains("Renewed labels"), host);
    }
  }

  /** Labels that are not learned change nothing: the control is the same whatever they would be. */
  @Test
  void theControlMakesNone() throws IOException {
    Path data = folder.resolve("data");
    ThumosLikeGenerator.write(data, TinyRun.DATA);
    Path one = folder.resolve("one");
    Path other = folder.resolve("other");
    TinyRun.succeed(words(data, one, "epochs=70", "labels=none"));
    TinyRun.succeed(words(data, other, "epochs=70", "labels=none", "linpro.mode=hard"));
    assertEquals(
        Files.readString(one.resolve("metrics.jsonl")),
        Files.readString(other.resolve("metrics.jsonl")));
    assertTrue(!Files.exists(one.resolve("stages/gaufuse/latest")), "labels of a control");
  }

  /** Whatever the data are called. */
  @Test
  void thePresetAskedForIsTheHostsToo() throws IOException {
    Path data = folder.resolve("data");
    ThumosLikeGenerator.write(data, TinyRun.DATA);
    Path run = folder.resolve("run");
    List<String> words = words(data, run, "labels=none", "hidden=8");
    words.set(words.indexOf("none"), "sbhar");
    TinyRun.succeed(words);
    String config = Files.readString(run.resolve("config.toml"));
    assertTrue(config.contains("useAttention = false"), config);
    assertTrue(config.contains("classThreshold = 0.05"), config);
    assertTrue(config.contains("epochs = 70"), config);
  }

  private static List<String> words(Path data, Path out, String... settings) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "train",
                "gaufuse",
                "--preset",
                "none",
                "--data",
                data.toString(),
                "--out",
                out.toString()));
    for (String setting : settings) {
      words.addAll(List.of("--set", setting));
    }
    return words;
  }
}
