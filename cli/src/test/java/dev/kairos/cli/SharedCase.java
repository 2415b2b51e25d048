// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A case that somebody handed in, beside the project: generated data with a README that says what
 * is right. Where it is missing, continuous integration fails and elsewhere the test is skipped.
 */
final class SharedCase {
  private SharedCase() {}

  /** The folder of a case, for example {@code recordings/feat-npz}. */
  static Path folder(String name) {
    return required("cases/" + name);
  }

  /** A folder of real data, for example {@code thumos14}. */
  static Path data(String name) {
    return required("data/" + name);
  }

  private static Path required(String name) {
    Path root = Path.of(System.getProperty("kairos.root", "."));
    Path folder = root.resolve("../shared").resolve(name).normalize();
    boolean required = "true".equals(System.getenv("CI"));
    assertTrue(Files.isDirectory(folder) || !required, "the folder must be there: " + folder);
    assumeTrue(Files.isDirectory(folder), "no folder " + folder);
    return folder;
  }
}
