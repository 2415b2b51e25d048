// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli;

import dev.kairos.methods.training.Progress;
import java.io.PrintStream;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.Duration;
import java.util.Locale;
import java.util.function.IntSupplier;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** Progress on a terminal: a bar with rate, loss and time left, drawn again and again. */
final class ProgressBarLine implements Progress {
  private static final String CLEAR_REST = "\u001b[K";
  private static final String CLEAR_LINE = "\r" + CLEAR_REST;

  /** A line longer than the terminal is wide stays one line, so that the next takes its place. */
  private static final String WRAP_OFF = "\u001b[?7l";

  private static final String WRAP_ON = "\u001b[?7h";

  private final PrintStream err;
  private final Terminal terminal;
  private final IntSupplier width;
  private String task = "";
  private long total;
  private @Nullable ProgressBar bar;
  private Line line;

  /**
   * Draws on a terminal.
   *
   * @param width its columns now; they change when its window is resized
   */
  ProgressBarLine(PrintStream err, Terminal terminal, IntSupplier width) {
    this.err = err;
    this.terminal = terminal;
    this.width = width;
    this.line = new Line(err, width);
  }

  @Override
  public void start(String newTask, long newTotal) {
    task = newTask;
    total = newTotal;
  }

  @Override
  public void step(long done, double loss) {
    ProgressBar shown = bar;
    if (shown == null) { // the first step says where a resumed task begins
      shown = open(done);
      bar = shown;
    }
    if (!Double.isNaN(loss)) {
      shown.setExtraMessage(String.format(Locale.ROOT, " loss %.4g", loss));
    }
    shown.stepTo(done);
  }

  @Override
  public void note(String message) {
    err.print(CLEAR_LINE);
    err.println(Messages.oneLine(message));
    if (bar != null) {
      bar.refresh();
    }
  }

  @Override
  public void finish() {
    if (bar != null) {
      bar.close();
      bar = null;
      if (!line.ended) { // the library leaves the line open when it had no time to draw
        err.println();
      }
    }
  }

  private ProgressBar open(long from) {
    line = new Line(err, width);
    return ProgressBar.builder()
        .setTaskName(task)
        .setInitialMax(total > 0 ? total : -1)
        .startsFrom(from, Duration.ZERO)
        .setStyle(terminal.unicode() ? ProgressBarStyle.UNICODE_BLOCK : ProgressBarStyle.ASCII)
        .setUpdateIntervalMillis(200)
        .showSpeed(new DecimalFormat("0.0", DecimalFormatSymbols.getInstance(Locale.ROOT)))
        // The width is known: the library's own search would start a terminal library.
        .setConsumer(line)
        .build();
  }

  /** The line the bar is drawn on; knows whether it has been ended. */
  private static final class Line extends ConsoleProgressBarConsumer {
    private volatile boolean ended;

    private final PrintStream err;
    private final IntSupplier width;

    Line(PrintStream err, IntSupplier width) {
      super(err, width.getAsInt());
      this.err = err;
      this.width = width;
    }

    @Override
    public int getMaxRenderedLength() {
      return Math.max(1, width.getAsInt() - 1);
    }

    @Override
    public void accept(String drawn) {
      // In one piece: whatever ends the program, wrapping is never left off.
      String shown = drawn.substring(0, Math.min(drawn.length(), getMaxRenderedLength()));
      err.print("\r" + WRAP_OFF + shown + CLEAR_REST + WRAP_ON);
      err.flush();
    }

    @Override
    public void close() {
      super.close();
      ended = true;
    }
  }
}
