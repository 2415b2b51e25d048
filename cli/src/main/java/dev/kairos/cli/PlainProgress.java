// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli;

import dev.kairos.methods.training.Progress;
import java.util.Locale;
import java.util.function.LongSupplier;

/** Progress where no line can be drawn again: a plain line every 30 seconds, and one at the end. */
final class PlainProgress implements Progress {
  private static final long PAUSE_NANOS = 30_000_000_000L;

  private final Messages messages;
  private final LongSupplier nanoTime;
  private String task = "";
  private long total;
  private long begun;
  private long said;
  private long firstDone = -1;
  private long firstAt;
  private long done;
  private double loss = Double.NaN;

  PlainProgress(Messages messages, LongSupplier nanoTime) {
    this.messages = messages;
    this.nanoTime = nanoTime;
  }

  @Override
  public void start(String newTask, long newTotal) {
    task = newTask;
    total = newTotal;
    begun = nanoTime.getAsLong();
    said = begun;
    firstDone = -1;
    done = 0;
    loss = Double.NaN;
  }

  @Override
  public void step(long newDone, double newLoss) {
    long now = nanoTime.getAsLong();
    done = newDone;
    loss = newLoss;
    if (firstDone < 0) { // a resumed task does not count what was done before
      firstDone = newDone;
      firstAt = now;
    }
    if (now - said >= PAUSE_NANOS) {
      said = now;
      messages.info(line(now));
    }
  }

  @Override
  public void note(String message) {
    messages.info(message);
  }

  @Override
  public void finish() {
    double seconds = (nanoTime.getAsLong() - begun) * 1e-9;
    messages.info(task + ": " + done + " done in " + duration(seconds) + lossText());
  }

  private String line(long now) {
    StringBuilder line = new StringBuilder(task).append(": ").append(done);
    if (total > 0) {
      line.append('/').append(total).append(" (").append(100 * done / total).append(" %)");
    }
    line.append(lossText());
    double rate = (done - firstDone) / ((now - firstAt) * 1e-9);
    if (rate > 0 && Double.isFinite(rate)) {
      line.append(String.format(Locale.ROOT, rate < 10 ? ", %.2f/s" : ", %.0f/s", rate));
      if (total > 0) {
        line.append(", ").append(duration((total - done) / rate)).append(" left");
      }
    }
    return line.toString();
  }

  private String lossText() {
    return Double.isNaN(loss) ? "" : String.format(Locale.ROOT, ", loss %.4g", loss);
  }

  /** Seconds as people say them: {@code 4.2 s}, {@code 3 min 20 s}, {@code 2 h 5 min}. */
  static String duration(double seconds) {
    if (seconds < 59.95) {
      return String.format(Locale.ROOT, "%.1f s", seconds);
    }
    long whole = Math.round(seconds);
    return whole < 3600
        ? whole / 60 + " min " + whole % 60 + " s"
        : whole / 3600 + " h " + whole % 3600 / 60 + " min";
  }
}
