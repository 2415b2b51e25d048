// SPDX-License-Identifier: Apache-2.0
package dev.kairos.golden;

import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.kairos.tensor.io.Npy;
import dev.kairos.tensor.io.NpyArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * Where the golden vectors lie. {@code -Dkairos.golden=DIR} names another folder of the same layout
 * (a relative one counts from the project root); without it the copy in the test resources serves.
 *
 * <p>The copy is whole: a folder or file that it lacks fails. Another root may hold a part, with
 * counts of its own: a test whose files it lacks is skipped, and says which file that is. A root
 * that is missing fails.
 */
public final class GoldenFolder {
  private static final String PROPERTY = "kairos.golden";
  private static final String COPY = "src/test/resources/golden";
  private static final String NEIGHBOUR = "../shared/golden";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private GoldenFolder() {}

  /**
   * A folder of golden vectors, such as {@code multires/sampling}. The copy has them all; another
   * root may hold a part of them, and what it lacks is skipped, but it must be a folder.
   */
  public static Path of(String name) {
    String given = System.getProperty(PROPERTY, "");
    Path base = root().resolve(given.isEmpty() ? COPY : given).normalize();
    Path folder = base.resolve(name);
    if (!Files.isDirectory(folder)) {
      if (!Files.isDirectory(base)) {
        fail("no golden folder " + base);
      }
      lack(folder, base + " holds no " + name);
    }
    return folder;
  }

  /** A file that must be there for the test to go on. */
  public static Path present(Path file) {
    if (!Files.isRegularFile(file)) {
      lack(file, file.getParent() + " holds no " + file.getFileName());
    }
    return file;
  }

  /** Fails if the path belongs to the copy, and skips the test if it does not. */
  private static void lack(Path path, String message) {
    if (path.startsWith(root().resolve(COPY))) {
      fail(message);
    }
    Assumptions.abort(message);
  }

  /**
   * A folder that is not copied into the tests because it holds annotations of a published data
   * set: looked for where {@code -Dkairos.golden} points and beside the project. If it is in
   * neither place, continuous integration fails and elsewhere the test is skipped.
   */
  public static Path outside(String name) {
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

  /**
   * The case folders {@code case*} of a golden folder, in order; at least one, or it is lacking.
   */
  public static List<Path> cases(String name) throws IOException {
    Path folder = of(name);
    try (Stream<Path> entries = Files.list(folder)) {
      List<Path> cases =
          entries
              .filter(p -> Files.isDirectory(p) && p.getFileName().toString().startsWith("case"))
              .sorted()
              .toList();
      if (cases.isEmpty()) {
        lack(folder, folder + " holds no case*");
      }
      return cases;
    }
  }

  /** A JSON file that holds something. */
  public static JsonNode json(Path file) throws IOException {
    JsonNode node = JSON.readTree(present(file).toFile());
    if (node.isEmpty()) {
      fail("nothing in " + file);
    }
    return node;
  }

  /** An array. */
  public static NpyArray array(Path file) throws IOException {
    return Npy.read(present(file));
  }

  private static Path root() {
    return Path.of(System.getProperty("kairos.root", "../..")).toAbsolutePath().normalize();
  }
}
