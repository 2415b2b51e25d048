// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kairos.kernels.Backend;
import dev.kairos.kernels.BackendOptions;
import dev.kairos.kernels.Backends;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which loops a JVM gets depends on how it was started; the backend says which. */
class FallbackTest {
  /** Prints the arithmetic of the backend that is chosen where none is named. */
  static final class Print {
    private Print() {}

    public static void main(String[] args) {
      try (Backend backend = Backends.open(BackendOptions.of(1))) {
        System.out.println(backend.arithmetic());
      }
    }
  }

  @Test
  void vectorsByDefault() throws IOException, InterruptedException {
    assertEquals("vector", arithmetic("--add-modules", "jdk.incubator.vector"));
  }

  @Test
  void scalarLoopsWithoutTheModule() throws IOException, InterruptedException {
    assertEquals("scalar", arithmetic());
  }

  @ParameterizedTest
  @ValueSource(strings = {"-Xint", "-XX:TieredStopAtLevel=1"})
  void scalarLoopsWithoutTheCompiler(String option) throws IOException, InterruptedException {
    assertEquals("scalar", arithmetic("--add-modules", "jdk.incubator.vector", option));
  }

  private static String arithmetic(String... options) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Print.class.getName()));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), output);
    return output.strip();
  }
}
