// SPDX-License-Identifier: Apache-2.0
package dev.kairos.golden;

import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * Where the golden vectors lie. {@code -Dkairos.golden=DIR} names another folder of the same layout
 * (a relative one counts from the project root); without it the copy in the test resources serves.
 * A root that is missing, or a folder that holds no case, fails.
 */
final class GoldenFolder {
  private static final String PROPERTY = "kairos.golden";
  private static final String COPY = "src/test/resources/golden";
  private static final String NEIGHBOUR = "../shared/golden";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private GoldenFolder() {}

  /**
   * A folder of golden vectors, such as {@code multires/sampling}. The copy has them all; another
   * root may hold a part of them, and what it lacks is skipped, but it must be a folder.
   */
  static Path of(String name) {
    String given = System.getProperty(PROPERTY, "");
    Path base = root().resolve(given.isEmpty() ? COPY : given);
    Path folder = base.resolve(name);
    if (!Files.isDirectory(folder)) {
      if (given.isEmpty() || !Files.isDirectory(base)) {
        fail("no golden folder " + folder);
      }
      Assumptions.abort(base + " holds no " + name);
    }
    return folder;
  }

  /**
   * A folder that is not copied into the tests because it holds annotations of a published data
   * set: looked for where {@code -Dkairos.golden} points and beside the project. If it is in
   * neither place, continuous integration fails and elsewhere the test is skipped.
   */
  static Path outside(String name) {
    String given = System.getProperty(PROPERTY, "");
    List<String> roots = given.isEmpty() ? List.of(NEIGHBOUR) : List.of(given, NEIGHBOUR);
    for (String place : roots) {
      Path folder = root().resolve(place).resolve(name).normalize();
      if (Files.isDirectory(folder)) {
        return folder;
      }
    }
    String missing =
        "golden folder "
            + name
            + " is in none of "
            + roots
            + " (counted from "
            + root()
            + "); point -Dkairos.golden at it: it holds annotations that are not copied here";
    if ("true".equals(System.getenv("CI"))) {
      fail(missing);
    }
    Assumptions.abort(missing);
    throw new IllegalStateException(missing);
  }

  /** The case folders {@code case*} of a golden folder, in order; at least one. */
  static List<Path> cases(String name) throws IOException {
    Path folder = of(name);
    try (Stream<Path> entries = Files.list(folder)) {
      List<Path> cases =
          entries
              .filter(p -> Files.isDirectory(p) && p.getFileName().toString().startsWith("case"))
              .sorted()
              .toList();
      if (cases.isEmpty()) {
        fail("no case in " + folder);
      }
      return cases;
    }
  }

  /** A JSON file. */
  static JsonNode json(Path file) throws IOException {
    JsonNode node = JSON.readTree(file.toFile());
    if (node.isEmpty()) {
      fail("nothing in " + file);
    }
    return node;
  }

  private static Path root() {
    return Path.of(System.getProperty("kairos.root", "../..")).toAbsolutePath().normalize();
  }
}
