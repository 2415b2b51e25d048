// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli;

import dev.kairos.methods.training.Progress;
import java.io.PrintStream;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.Duration;
import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** Progress on a terminal: a bar with rate, loss and time left, drawn again and again. */
final class ProgressBarLine implements Progress {
  private static final String CLEAR_LINE = "\r\u001b[K";

  private final PrintStream err;
  private final Terminal terminal;
  private String task = "";
  private long total;
  private @Nullable ProgressBar bar;
  private Line line;

  ProgressBarLine(PrintStream err, Terminal terminal) {
    this.err = err;
    this.terminal = terminal;
    this.line = new Line(err, terminal.columns() - 1);
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
    line = new Line(err, terminal.columns() - 1);
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

    Line(PrintStream err, int columns) {
      super(err, columns);
    }

    @Override
    public void close() {
      super.close();
      ended = true;
    }
  }
}
