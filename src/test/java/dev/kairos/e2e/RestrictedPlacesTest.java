// SPDX-License-Identifier: Apache-2.0
package dev.kairos.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kairos.methods.generate.ThumosLikeGenerator;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The recipes of {@code docs/restricted.md}: a small image, closed file systems, little memory. */
@Tag("once")
@DisabledOnOs(OS.WINDOWS)
class RestrictedPlacesTest {
  private static final Path RECIPES = Launched.ROOT.resolve("docs/restricted");
  private static final long MOST_BYTES = 60_000_000;

  @TempDir static Path folder;

  private static Path image = Path.of("");
  private static Path data = Path.of("");
  private static Path run = Path.of("");

  /** An image, a data set, and what the image trained on it. */
  @BeforeAll
  static void makeImageAndTrain() throws Exception {
    image = folder.resolve("image");
    data = folder.resolve("data");
    run = folder.resolve("run");
    Map<String, String> jdk = Map.of("JAVA_HOME", System.getProperty("java.home"));
    Launched.run(List.of(RECIPES.resolve("image.sh"), Launched.JAR, image), jdk).succeeded();
    ThumosLikeGenerator.write(data, TinyRun.DATA);
    kairos("-Xmx256m", "train", "plain", "--data", data, "--out", run, "--set", "steps=20")
        .succeeded();
  }

  private static Launched kairos(String flags, Object... words) throws Exception {
    List<Object> command = new ArrayList<>(List.of(image.resolve("bin/kairos")));
    command.addAll(List.of(words));
    return Launched.run(command, Map.of("KAIROS_JAVA_OPTS", flags));
  }

  private static Object[] localize(Path out) {
    return new Object[] {"localize", "--run", run, "--data", data, "--out", out};
  }

  @Test
  void theImageIsSmallAndHasNothingElse() throws Exception {
    long[] bytes = {0};
    Files.walkFileTree(
        image,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes about) {
            bytes[0] += about.size();
            return FileVisitResult.CONTINUE;
          }
        });
    assertTrue(bytes[0] < MOST_BYTES, bytes[0] + " bytes");
    String modules = Launched.run(List.of(image.resolve("bin/java"), "--list-modules")).succeeded();
    assertEquals(
        List.of("java.base", "jdk.incubator.vector"),
        modules.lines().map(line -> line.replaceAll("@.*", "")).sorted().toList());
  }

  @Test
  void theImageFindsVectors() throws Exception {
    String listed = kairos("", "backends").succeeded();
    assertTrue(listed.startsWith("cpu *      yes  the best one here: simd;"), listed);
  }

  @Test
  void theImageSaysWhatItLacks() throws Exception {
    Launched label = kairos("", "label", "--data", data);
    assertEquals(2, label.code(), label.err());
    assertTrue(label.err().contains("jdk.httpserver"), label.err());
  }

  @Test
  void localisesInHalfTheMemoryOfTheSmallestMachine() throws Exception {
    Path out = folder.resolve("little.json");
    kairos("-Xmx128m", localize(out)).succeeded();
    assertTrue(Files.size(out) > 100);
  }

  @Test
  void trainsOnTenThousandRecordingsIn256Megabytes() throws Exception {
    Path many = folder.resolve("many");
    repeat(data, many, 10_000);
    Path out = folder.resolve("many-run");
    kairos("-Xmx256m", "train", "basnet", "--data", many, "--out", out, "--set", "steps=10")
        .succeeded();
    assertTrue(Files.exists(out.resolve("checkpoint.safetensors")));
  }

  /** Each recording to learn from under many names. */
  private static void repeat(Path few, Path many, int count) throws IOException {
    ObjectMapper json = new ObjectMapper();
    Path annotations = Path.of("annotations.json");
    JsonNode all = json.readTree(Files.readString(few.resolve(annotations)));
    ObjectNode database = (ObjectNode) all.get("database");
    List<String> ids = new ArrayList<>();
    for (Map.Entry<String, JsonNode> each : database.properties()) {
      if (each.getValue().get("subset").asText().equals("train")) {
        ids.add(each.getKey());
      }
    }
    List<Path> streams;
    try (Stream<Path> found = Files.list(few.resolve("features"))) {
      streams = found.map(few::relativize).toList();
    }
    for (Path stream : streams) {
      Files.createDirectories(many.resolve(stream));
      try (Stream<Path> files = Files.list(few.resolve(stream))) {
        for (Path file : files.toList()) {
          Files.createLink(many.resolve(few.relativize(file)), file);
        }
      }
    }
    for (int i = ids.size(); i < count; i++) {
      String source = ids.get(i % ids.size());
      String name = "again" + i;
      database.set(name, database.get(source));
      for (Path stream : streams) {
        Files.createLink(
            many.resolve(stream).resolve(name + ".npy"),
            few.resolve(stream).resolve(source + ".npy"));
      }
    }
    Files.copy(few.resolve("dataset.toml"), many.resolve("dataset.toml"));
    Files.writeString(many.resolve(annotations), json.writeValueAsString(all));
  }

  /** By flags alone, on every system: nothing of the surroundings is known. */
  @Test
  void needsNoVariableNoHomeAndNoTemporaryFolder() throws Exception {
    Path out = folder.resolve("bare.json");
    List<Object> command =
        new ArrayList<>(
            List.of(
                "env",
                "-i",
                image.resolve("bin/java"),
                "-Djava.io.tmpdir=/nonexistent",
                "-Duser.home=/nonexistent",
                "-jar",
                Launched.JAR));
    command.addAll(List.of(localize(out)));
    Launched.run(command).succeeded();
    assertTrue(Files.size(out) > 100);
  }

  @Test
  void needsNoProcAndNoFolderItWasNotTold() throws Exception {
    assumeTrue(
        Launched.run(List.of("unshare", "--user", "--map-root-user", "--mount", "--net", "true"))
                .code()
            == 0,
        "this system lets users have no namespaces");
    Path out = Files.createDirectory(folder.resolve("writable")).resolve("closed.json");
    Path closed = RECIPES.resolve("closed.sh");
    Launched write =
        Launched.run(List.of(closed, out.getParent(), "/bin/sh", "-c", "> " + data + "/written"));
    assertFalse(write.code() == 0, "the rest of the file system can be written");
    Launched.run(List.of(closed, out.getParent(), "/bin/sh", "-c", "test ! -e /proc/self"))
        .succeeded();
    List<Object> command =
        new ArrayList<>(List.of(closed, out.getParent(), image.resolve("bin/kairos")));
    command.addAll(List.of(localize(out)));
    Launched.run(command).succeeded();
    Path open = folder.resolve("open.json");
    kairos("", localize(open)).succeeded();
    assertEquals(Files.readString(open), Files.readString(out));
  }

  /** Files may lie on what nobody can write, as on a read-only root. */
  @Test
  void saysWhereItCannotWrite() throws IOException, InterruptedException {
    assumeTrue(
        Launched.run(List.of("unshare", "--user", "--map-root-user", "--mount", "--net", "true"))
                .code()
            == 0,
        "this system lets users have no namespaces");
    Path writable = Files.createDirectory(folder.resolve("another"));
    List<Object> command =
        new ArrayList<>(
            List.of(RECIPES.resolve("closed.sh"), writable, image.resolve("bin/kairos")));
    command.addAll(List.of(localize(folder.resolve("not-here.json"))));
    Launched refused = Launched.run(command);
    assertEquals(3, refused.code(), refused.err());
    assertTrue(refused.err().contains("not-here.json"), refused.err());
  }
}
