// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PipeOutputTest {
  /** Takes so many bytes and then fails in the system's words. */
  private static final class Failing extends OutputStream {
    private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
    private final int most;
    private final String words;
    private int failures;

    Failing(int most, String words) {
      this.most = most;
      this.words = words;
    }

    @Override
    public void write(int value) throws IOException {
      if (taken.size() >= most) {
        failures++;
        throw new IOException(words);
      }
      taken.write(value);
    }
  }

  private static PrintStream over(OutputStream out) {
    return new PrintStream(new PipeOutput(out), false, StandardCharsets.UTF_8);
  }

  @Test
  void aReaderThatHasGoneIsNoFailure() {
    Failing pipe = new Failing(2, "Broken pipe");
    PrintStream out = over(pipe);
    out.print("abc");
    out.print("def");
    assertFalse(out.checkError());
    assertEquals("ab", pipe.taken.toString(StandardCharsets.UTF_8));
    assertEquals(1, pipe.failures, "tried again");
  }

  @Test
  void aFullDiskIs() {
    PrintStream out = over(new Failing(2, "No space left on device"));
    out.print("abc");
    assertTrue(out.checkError());
  }
}
