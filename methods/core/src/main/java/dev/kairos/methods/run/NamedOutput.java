// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.run;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;

/** A file whose failures name it: the system says "no space left" and not where. */
final class NamedOutput extends OutputStream {
  private final Path file;
  private final OutputStream out;

  NamedOutput(Path file, OpenOption... options) throws IOException {
    this.file = file;
    this.out = Files.newOutputStream(file, options);
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    try {
      out.write(bytes, offset, length);
    } catch (IOException e) {
      throw new IOException(file + ": cannot be written: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
