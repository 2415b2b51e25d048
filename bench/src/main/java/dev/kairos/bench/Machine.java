// SPDX-License-Identifier: Apache-2.0
package dev.kairos.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What a measurement depends on beside the code, and the flags that the start script would add. */
final class Machine {
  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");
  private static final Path HUGE_PAGES = Path.of("/sys/kernel/mm/transparent_hugepage/enabled");

  private Machine() {}

  /** The flags of every measured JVM. */
  static List<String> flags() {
    List<String> flags = new ArrayList<>(List.of("--add-modules=jdk.incubator.vector"));
    if (cpuInfo("flags").contains(" avx512f")) {
      flags.add("-XX:UseAVX=3");
    }
    flags.add("-XX:+UseSerialGC");
    flags.add("-XX:MaxNewSize=64m");
    flags.add("-XX:ObjectAlignmentInBytes=64");
    if (hasHugePages()) {
      flags.add("-XX:+UseTransparentHugePages");
    }
    if (Runtime.version().feature() >= 22) {
      flags.add("--enable-native-access=ALL-UNNAMED");
    }
    flags.add("-Dai.djl.offline=true");
    flags.add("-DDJL_CACHE_DIR=bench/target/djl");
    return flags;
  }

  private static boolean hasHugePages() {
    try {
      return !Files.readString(HUGE_PAGES).contains("[never]");
    } catch (IOException e) {
      return false; // no Linux, or one without them
    }
  }

  /** The processor and how many of it. */
  static String processor() {
    String vectors = cpuInfo("flags").contains(" avx512f") ? ", AVX-512" : "";
    return cpuInfo("model name")
        + " (family "
        + cpuInfo("cpu family")
        + ", model "
        + cpuInfo("model")
        + vectors
        + "), "
        + Runtime.getRuntime().availableProcessors()
        + " processors";
  }

  /** The commit of the working tree, with a mark if it has changes. */
  static String commit() {
    String commit = git("rev-parse", "--short=10", "HEAD");
    return git("status", "--porcelain", "--untracked-files=no").isEmpty()
        ? commit
        : commit + " with changes";
  }

  private static String cpuInfo(String key) {
    try {
      return Files.readAllLines(CPU_INFO).stream()
          .filter(line -> line.split("\\s*:", 2)[0].equals(key))
          .map(line -> line.substring(line.indexOf(':') + 1))
          .findFirst()
          .map(value -> key.equals("flags") ? value : value.strip())
          .orElse("unknown");
    } catch (IOException e) {
      return "unknown";
    }
  }

  private static String git(String... arguments) {
    List<String> command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(arguments));
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.waitFor() == 0 ? text.strip() : "unknown";
    } catch (IOException e) {
      return "unknown";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "unknown";
    }
  }
}
