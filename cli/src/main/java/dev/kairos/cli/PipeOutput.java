// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;

/**
 * A standard stream whose reader may go before everything is said, as {@code head} does: what comes
 * after that is dropped, and is no failure. Any other failure to write is one.
 */
final class PipeOutput extends OutputStream {
  private final OutputStream out;
  private boolean gone;

  PipeOutput(OutputStream out) {
    this.out = out;
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (gone) {
      return;
    }
    try {
      out.write(bytes, offset, length);
    } catch (IOException e) {
      gone = isBrokenPipe(e);
      if (!gone) {
        throw e;
      }
    }
  }

  @Override
  public void close() throws IOException {
    out.close();
  }

  /** Java has no type for it, only the system's words. */
  private static boolean isBrokenPipe(IOException e) {
    return String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains("broken pipe");
  }
}
