// SPDX-License-Identifier: Apache-2.0
package dev.kairos.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * JMH as {@code benchmarks.jar} starts it, which has no peers in it: ours alone take part unless
 * they are named, and the measured JVMs have the flags of the start script.
 */
public final class OwnBenchmarks {
  private OwnBenchmarks() {}

  /** Takes JMH's own options. */
  public static void main(String[] arguments) throws IOException {
    org.openjdk.jmh.Main.main(completed(arguments).toArray(String[]::new));
  }

  /** The arguments with what is left open. */
  static List<String> completed(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    boolean asksOnly =
        Arrays.stream(arguments).anyMatch(word -> word.matches("-(h|l|lp|lprof|lrf)"));
    if (!asksOnly && Arrays.stream(arguments).noneMatch(word -> word.startsWith("peer="))) {
      all.addAll(List.of("-p", "peer=" + Peers.KAIROS));
    }
    if (!asksOnly && !all.contains("-jvmArgsAppend")) {
      all.addAll(List.of("-jvmArgsAppend", String.join(" ", Machine.flags())));
    }
    return all;
  }
}
