// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The Netlib problems, which lie beside the project and are not copied into it. Where they are
 * missing, continuous integration fails and elsewhere the test is skipped.
 */
public final class NetlibFolder {
  private static final Pattern ENTRY = Pattern.compile("\"([^\"]+)\"\\s*:\\s*([-+0-9.eE]+)");

  private NetlibFolder() {}

  /** The feasible problems, in order. */
  public static List<Path> feasible() throws IOException {
    return files(folder());
  }

  /** The infeasible problems, in order. */
  public static List<Path> infeasible() throws IOException {
    return files(folder().resolve("infeasible"));
  }

  /** The optimal objective of each feasible problem. */
  public static Map<String, Double> optimal() throws IOException {
    Map<String, Double> values = new TreeMap<>();
    Matcher entry = ENTRY.matcher(Files.readString(folder().resolve("optimal.json")));
    while (entry.find()) {
      values.put(entry.group(1), Double.valueOf(entry.group(2)));
    }
    return values;
  }

  /** The name of a problem. */
  public static String name(Path file) {
    return file.getFileName().toString().replace(".mps.gz", "");
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      List<Path> files = all.filter(p -> p.toString().endsWith(".mps.gz")).sorted().toList();
      assertTrue(files.size() > 10, "only " + files.size() + " problems in " + folder);
      return files;
    }
  }

  private static Path folder() {
    Path folder =
        Path.of(System.getProperty("kairos.root", ".."), "..", "shared", "data", "netlib-lp")
            .normalize();
    boolean there = Files.exists(folder.resolve("optimal.json"));
    boolean required = "true".equals(System.getenv("CI"));
    assertTrue(there || !required, "the Netlib problems must be there: " + folder);
    assumeTrue(there, "no Netlib problems at " + folder);
    return folder;
  }
}
