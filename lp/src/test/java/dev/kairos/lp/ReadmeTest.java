// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import it.unimi.dsi.fastutil.ints.IntArrayList;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.ejml.data.DMatrixSparseCSC;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The programs of {@code README.md} that use this module compile and print what stands there. */
class ReadmeTest {
  private static final Pattern PROGRAM = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL);
  private static final Pattern PRINTED =
      Pattern.compile("System\\.out\\.print.*// (.*)$", Pattern.MULTILINE);
  private static final String IMPORTS =
      "import dev.kairos.lp.*;\nimport dev.kairos.lp.model.*;\nimport dev.kairos.lp.simplex.*;\n";
  private static final String EJML = "import dev.kairos.lp.ejml.*;\nimport org.ejml.data.*;\n";

  @TempDir Path folder;

  @Test
  void programsPrintWhatTheySay() throws Exception {
    String text = Files.readString(Path.of("README.md"));
    List<String> ours =
        PROGRAM
            .matcher(text)
            .results()
            .map(found -> found.group(1))
            .filter(program -> program.contains("LpModel") || program.contains("LinearProgram"))
            .toList();
    assertEquals(3, ours.size());
    for (String program : ours) {
      List<String> expected =
          PRINTED.matcher(program).results().map((MatchResult found) -> found.group(1)).toList();
      assertEquals(expected, output(program).lines().map(String::strip).toList(), program);
    }
  }

  private String output(String program)
      throws IOException, InterruptedException, URISyntaxException {
    Path file = folder.resolve("Program.java");
    String main = "public class Program {\n  public static void main(String[] args) {\n";
    boolean isEjml = program.contains("Ejml"); // the others run without its jar
    Files.writeString(file, IMPORTS + (isEjml ? EJML : "") + main + program + "  }\n}\n");
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classes = Path.of("target", "classes") + File.pathSeparator + jar(IntArrayList.class);
    if (isEjml) {
      classes += File.pathSeparator + jar(DMatrixSparseCSC.class);
    }
    Process process =
        new ProcessBuilder(java, "-cp", classes, file.toString()).redirectErrorStream(true).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(1, TimeUnit.MINUTES));
    assertEquals(0, process.exitValue(), printed);
    return printed;
  }

  private static Path jar(Class<?> of) throws URISyntaxException {
    return Path.of(of.getProtectionDomain().getCodeSource().getLocation().toURI());
  }
}
