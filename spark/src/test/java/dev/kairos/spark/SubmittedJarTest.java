// SPDX-License-Identifier: Apache-2.0
package dev.kairos.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.spark.harness.Kairos;
import dev.kairos.spark.harness.Sbhar;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code kairos-spark.jar} holds, and that spark-submit runs it: after it was packed. */
@Tag("jar")
class SubmittedJarTest {
  private static final Path JAR = Path.of("target/kairos-spark.jar").toAbsolutePath();

  @TempDir Path folder;

  /** What Spark brings: the class path of tests without Kairos and what the jar has of others. */
  private static String sparksOwn() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .filter(each -> each.endsWith(".jar") && !each.contains("kairos"))
        .filter(each -> !each.matches(".*/(picocli|fastutil-core|ejml-\\w+|progressbar|jhdf)-.*"))
        .filter(each -> !each.contains("jackson-dataformat-toml"))
        .collect(Collectors.joining(File.pathSeparator));
  }

  private Kairos submit(Object... words) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx1g"));
    command.addAll(List.of(System.getProperty("kairos.spark.jvm", "").split(" ", -1)));
    command.addAll(
        List.of(
            "-cp",
            sparksOwn(),
            "org.apache.spark.deploy.SparkSubmit",
            "--master",
            "local[2]",
            "--conf",
            "spark.ui.enabled=false",
            JAR.toString()));
    Arrays.stream(words).map(String::valueOf).forEach(command::add);
    File out = folder.resolve("out").toFile();
    File err = folder.resolve("err").toFile();
    int code = new ProcessBuilder(command).redirectOutput(out).redirectError(err).start().waitFor();
    return new Kairos(code, Files.readString(out.toPath()), Files.readString(err.toPath()));
  }

  @Test
  void itHoldsNothingUnderANameThatSparkHasToo() throws IOException {
    try (JarFile jar = new JarFile(JAR.toFile())) {
      List<String> others =
          jar.stream()
              .map(entry -> entry.getName())
              .filter(name -> name.endsWith(".class") && !name.startsWith("dev/kairos/"))
              .filter(name -> !name.matches("META-INF/versions/\\d+/dev/kairos/.*"))
              .toList();
      assertEquals(List.of(), others);
      assertTrue(jar.getEntry("META-INF/services/dev.kairos.methods.training.Method") != null);
    }
  }

  @Test
  void submittedItFindsWhatTheCommandFinds() throws IOException, InterruptedException {
    Path expected = folder.resolve("expected.json");
    Path out = folder.resolve("found.json");
    Kairos.command("localize", "--run", Sbhar.run(), "--data", Sbhar.data(), "--out", expected)
        .succeeded();
    Kairos done =
        submit("localize", "--run", Sbhar.run(), "--data", Sbhar.data(), "--out", out).succeeded();
    assertTrue(done.err().contains("wrote " + out), done.err());
    assertArrayEquals(Files.readAllBytes(expected), Files.readAllBytes(out));
    Kairos absent =
        submit("localize", "--run", folder.resolve("none"), "--data", "x", "--out", out);
    assertEquals(3, absent.code(), absent.err());
    assertTrue(absent.err().contains("kairos: KDATA"), absent.err());
  }
}
