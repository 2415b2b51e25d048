// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SparkVerbTest {
  @TempDir Path folder;

  private Path executable(String name) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/bin/sh\n");
    assertTrue(file.toFile().setExecutable(true));
    return file;
  }

  private SparkSubmit submit(Map<String, String> environment) {
    return new SparkSubmit(environment, folder.resolve("kairos.jar"));
  }

  @Test
  void optionsOfSparkSubmitGoToItAndOthersToTheVerb() throws IOException {
    Path program = executable("spark/bin/spark-submit");
    Path jar = Files.createFile(folder.resolve("kairos-spark.jar"));
    List<String> command =
        submit(Map.of("SPARK_HOME", folder.resolve("spark").toString()))
            .command(
                List.of(
                    "localize", "--master", "local[4]", "--run", "r", "--conf=a=b", "--out", "o"));
    assertEquals(
        List.of(
            program.toString(),
            "--master",
            "local[4]",
            "--conf",
            "a=b",
            jar.toString(),
            "localize",
            "--run",
            "r",
            "--out",
            "o"),
        command);
  }

  @Test
  void thePathIsSearchedWhereNoHomeIsSet() throws IOException {
    Path program = executable("bin/spark-submit");
    Path jar = Files.createFile(folder.resolve("elsewhere.jar"));
    Map<String, String> environment =
        Map.of(
            "PATH",
            folder.resolve("none") + java.io.File.pathSeparator + folder.resolve("bin"),
            "KAIROS_SPARK_JAR",
            jar.toString());
    assertEquals(
        List.of(program.toString(), jar.toString(), "lp", "solve", "d"),
        submit(environment).command(List.of("lp", "solve", "d")));
  }

  @Test
  void whatIsMissingIsSaidWithAdvice() throws IOException {
    UsageException none =
        assertThrows(UsageException.class, () -> submit(Map.of()).command(List.of("localize")));
    assertTrue(String.valueOf(none.getMessage()).startsWith("no spark-submit"));
    assertTrue(none.hint().orElse("").contains("SPARK_HOME"));
    Map<String, String> wrong = Map.of("SPARK_HOME", folder.toString());
    assertTrue(
        String.valueOf(
                assertThrows(UsageException.class, () -> submit(wrong).command(List.of("localize")))
                    .getMessage())
            .startsWith("SPARK_HOME is "));
    executable("bin/spark-submit");
    UsageException noJar =
        assertThrows(UsageException.class, () -> submit(wrong).command(List.of("localize")));
    assertTrue(noJar.hint().orElse("").contains("-Pspark"), noJar.getMessage());
    assertThrows(UsageException.class, () -> submit(wrong).command(List.of("x", "--master")));
  }

  @Test
  void withoutAVerbItIsAWrongCommandLine() {
    assertEquals(2, Run.of("spark").code());
    assertTrue(Run.of("spark", "--help").out().contains("kairos spark lp solve"));
  }
}
