// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/**
 * The width of the terminal now: its window may have been resized, of which Java is not told. Asks
 * the system's {@code stty}, at most once a second; where there is none, the first width stays.
 */
final class TerminalWidth implements IntSupplier {
  private static final long PAUSE_NANOS = 1_000_000_000L;

  private final LongSupplier nanoTime;
  private final IntSupplier asked;
  private long last;
  private int columns;
  private boolean known = true;

  /** The width of this process's terminal, so wide at first. */
  TerminalWidth(int columns) {
    this(columns, System::nanoTime, TerminalWidth::ask);
  }

  /**
   * A width from elsewhere.
   *
   * @param asked gives columns, or 0 where it cannot say
   */
  TerminalWidth(int columns, LongSupplier nanoTime, IntSupplier asked) {
    this.columns = columns;
    this.nanoTime = nanoTime;
    this.asked = asked;
    this.last = nanoTime.getAsLong();
  }

  @Override
  public synchronized int getAsInt() {
    long now = nanoTime.getAsLong();
    if (known && now - last >= PAUSE_NANOS) {
      last = now;
      int found = asked.getAsInt();
      known = found > 0;
      columns = known ? found : columns;
    }
    return columns;
  }

  private static int ask() {
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(new File("/dev/tty"))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!stty.waitFor(1, TimeUnit.SECONDS)) {
        stty.destroyForcibly();
        return 0;
      }
      return columns(new String(stty.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      return 0; // no such program or no terminal
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 0;
    }
  }

  /** The second of two numbers, rows and columns; 0 where that is not what is there. */
  static int columns(String size) {
    String line = size.strip();
    return line.matches("[0-9]+ [1-9][0-9]{0,4}")
        ? Integer.parseInt(line.substring(line.indexOf(' ') + 1))
        : 0;
  }
}
