// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.io;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where a program is read from; opened anew for each layout that is tried. */
final class MpsSource {
  private static final int MOST_BYTES = 1 << 30;

  private final Path name;
  private final byte @Nullable [] bytes;

  private MpsSource(Path name, byte @Nullable [] bytes) {
    this.name = name;
    this.bytes = bytes;
  }

  /** A file; not a pipe or a device, which would block and cannot be read twice. */
  static MpsSource file(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new MpsException("KLP-008", file, 0, "is a folder, expected an MPS file");
    }
    if (!Files.exists(file)) {
      throw new NoSuchFileException(file.toString());
    }
    if (!Files.isRegularFile(file)) {
      throw new MpsException(
          "KLP-008", file, 0, "is a pipe or a device, expected a file, or - for standard input");
    }
    return new MpsSource(file, null);
  }

  /** All that a stream gives. */
  static MpsSource stream(InputStream in, Path name) throws IOException {
    byte[] bytes = in.readNBytes(MOST_BYTES);
    if (bytes.length == MOST_BYTES) {
      throw new MpsException("KLP-006", name, 0, "1 GiB or more");
    }
    return new MpsSource(name, bytes);
  }

  Path name() {
    return name;
  }

  InputStream open() throws IOException {
    return bytes == null ? Files.newInputStream(name) : new ByteArrayInputStream(bytes);
  }
}
