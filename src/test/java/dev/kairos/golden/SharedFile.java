// SPDX-License-Identifier: Apache-2.0
package dev.kairos.golden;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A published file beside the project that is too large to be copied into it. Where it is missing,
 * continuous integration fails and elsewhere the test is skipped.
 */
public final class SharedFile {
  private SharedFile() {}

  /** A file of the shared folder, for example {@code data/clip/bpe_simple_vocab_16e6.txt.gz}. */
  public static Path of(String name) {
    Path root = Path.of(System.getProperty("kairos.root", "../.."));
    Path file = root.resolve("../shared").resolve(name).toAbsolutePath().normalize();
    boolean required = "true".equals(System.getenv("CI"));
    assertTrue(Files.isRegularFile(file) || !required, "the file must be there: " + file);
    assumeTrue(Files.isRegularFile(file), "no file at " + file);
    return file;
  }
}
