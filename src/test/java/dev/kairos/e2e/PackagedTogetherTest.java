// SPDX-License-Identifier: Apache-2.0
package dev.kairos.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kairos in one jar with others, its service files merged, overwritten or lost; and in a plug-in.
 */
@Tag("once")
class PackagedTogetherTest {
  private static final String PROVIDERS = "/META-INF/services/dev.kairos.kernels.BackendProvider";

  @TempDir Path folder;

  private interface Edit {
    void in(FileSystem jar) throws IOException;
  }

  private Path edited(String name, Edit edit) throws IOException {
    Path copy = Files.copy(Launched.JAR, folder.resolve(name + ".jar"));
    try (FileSystem jar = FileSystems.newFileSystem(copy)) {
      edit.in(jar);
    }
    return copy;
  }

  private static List<String> providers() throws IOException {
    try (FileSystem jar = FileSystems.newFileSystem(Launched.JAR)) {
      return Files.readAllLines(jar.getPath(PROVIDERS)).stream()
          .filter(line -> !line.isBlank())
          .toList();
    }
  }

  private static String backends(Path jar, String... flags) throws Exception {
    List<Object> command = new ArrayList<>(List.of(Launched.java()));
    command.addAll(List.of(flags));
    command.addAll(List.of("-jar", jar, "backends"));
    return Launched.run(command).succeeded();
  }

  private static void assertCpu(String loops, String listed) {
    assertTrue(listed.startsWith("cpu *      yes  the best one here: " + loops + ";"), listed);
  }

  @Test
  void mergedServiceFilesGiveVectors() throws Exception {
    assertCpu("simd", backends(Launched.JAR, "--add-modules", "jdk.incubator.vector"));
    assertEquals(3, providers().size());
  }

  /** Whichever of the rooms' files was the last: the others are then lost. */
  @Test
  void anOverwrittenServiceFileStillGivesCpu() throws Exception {
    for (String left : providers()) {
      Path jar = edited(left, in -> Files.writeString(in.getPath(PROVIDERS), left + "\n"));
      boolean vectors = left.contains(".simd.");
      assertCpu(
          vectors ? "simd" : "scalar", backends(jar, "--add-modules", "jdk.incubator.vector"));
      assertCpu("scalar", backends(jar));
    }
  }

  @Test
  void noServiceFileAtAllStillGivesCpu() throws Exception {
    Path jar =
        edited(
            "none",
            in -> {
              try (Stream<Path> files = Files.walk(in.getPath("/META-INF/services"))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                  Files.delete(file);
                }
              }
            });
    assertCpu("scalar", backends(jar));
  }

  /** The program that hosts it has a class loader of its own, and its threads carry that. */
  @Test
  void aPlugInFindsCpuWhateverTheContextClassLoader() throws Exception {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    List<ClassLoader> contexts = new ArrayList<>();
    contexts.add(ClassLoader.getSystemClassLoader());
    contexts.add(ClassLoader.getPlatformClassLoader());
    contexts.add(null);
    try (URLClassLoader plugIn =
        new URLClassLoader(
            new URL[] {Launched.JAR.toUri().toURL()}, ClassLoader.getPlatformClassLoader())) {
      contexts.add(plugIn);
      for (ClassLoader context : contexts) {
        thread.setContextClassLoader(context);
        Class<?> type = plugIn.loadClass("dev.kairos.tensor.Engine");
        assertEquals(plugIn, type.getClassLoader());
        AutoCloseable engine =
            (AutoCloseable) type.getMethod("open", String.class, int.class).invoke(null, "cpu", 1);
        Object backend = type.getMethod("backend").invoke(engine);
        assertEquals("CpuBackend", backend.getClass().getSimpleName(), "context " + context);
        assertEquals(plugIn, backend.getClass().getClassLoader());
        engine.close();
      }
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}
