// SPDX-License-Identifier: Apache-2.0
package dev.kairos.golden;

import static org.junit.jupiter.api.Assertions.fail;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Published data sets, which lie beside the project and are not copied into it. */
public final class SharedData {
  private static final String NEIGHBOUR = "../shared/data";

  private SharedData() {}

  /**
   * The folder of a data set. Where it is missing, continuous integration fails and elsewhere the
   * test is skipped.
   */
  public static Path folder(String name) {
    Path root = Path.of(System.getProperty("kairos.root", "../..")).toAbsolutePath().normalize();
    Path folder = root.resolve(NEIGHBOUR).resolve(name).normalize();
    if (!Files.isDirectory(folder)) {
      String missing = "no folder " + folder + ": the data set " + name + " must lie there";
      if ("true".equals(System.getenv("CI"))) {
        fail(missing);
      }
      Assumptions.abort(missing);
    }
    return folder;
  }
}
