// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor.ejml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import dev.kairos.kernels.Backend;
import dev.kairos.tensor.Tensor;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nobody needs EJML to compute on tensors; who has it converts, on either path. */
final class WithAndWithoutEjmlTest {
  private static final String TENSORS =
      """
      import dev.kairos.tensor.*;
      public class Program {
        public static void main(String[] args) {
          try (Engine engine = Engine.open("reference", 1)) {
            System.out.println(engine.eye(2).sum().item());
          }
        }
      }
      """;
  private static final String MATRICES =
      """
      import dev.kairos.tensor.*;
      import dev.kairos.tensor.ejml.EjmlMatrices;
      import org.ejml.data.DMatrixRMaj;
      public class Program {
        public static void main(String[] args) {
          try (Engine engine = Engine.open("reference", 1)) {
            DMatrixRMaj matrix = EjmlMatrices.matrix(engine.eye(2));
            System.out.println(EjmlMatrices.tensor(engine, matrix).sum().item());
            System.out.println(EjmlMatrices.class.getModule().isNamed());
          }
        }
      }
      """;

  private static final List<Class<?>> OURS =
      List.of(Tensor.class, Backend.class, JsonFactory.class);

  @TempDir private Path folder;

  private static String path(List<Class<?>> classes) {
    return classes.stream()
        .map(each -> place(each))
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static String place(Class<?> of) {
    try {
      return Path.of(of.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  private static List<Class<?>> withEjml() {
    return Stream.concat(OURS.stream(), Stream.of(DMatrixRMaj.class)).toList();
  }

  private String run(String program, String... options) throws IOException, InterruptedException {
    Path file = Files.writeString(folder.resolve("Program.java"), program);
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(List.of(options));
    words.add(file.toString());
    Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(1, TimeUnit.MINUTES));
    return printed.strip().replace(System.lineSeparator(), " ");
  }

  @Test
  void onTheClassPath() throws Exception {
    assertEquals("2.0", run(TENSORS, "-cp", path(OURS)));
    assertEquals("2.0 false", run(MATRICES, "-cp", path(withEjml())));
  }

  @Test
  void onTheModulePath() throws Exception {
    String ours = "dev.kairos.tensor";
    assertEquals("2.0", run(TENSORS, "-p", path(OURS), "--add-modules", ours));
    assertEquals(
        "2.0 true", run(MATRICES, "-p", path(withEjml()), "--add-modules", ours + ",ejml.core"));
  }
}
