// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli;

import dev.kairos.methods.training.Progress;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Turns SIGINT and SIGTERM into a request to stop: the JVM's end waits until the work has saved its
 * state, and then has the work's exit code.
 */
final class StopSignal {
  private static final int LONGEST_STEP_MINUTES = 10;
  private static final int INTERRUPTED = 4;

  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile boolean asked;
  private volatile @Nullable Thread interrupted;
  private volatile int exitCode = INTERRUPTED;

  private StopSignal() {}

  /** Work that looks at the signal now and then. */
  @FunctionalInterface
  interface Work {
    int run(StopSignal signal) throws Exception;
  }

  /**
   * Runs work under the signal.
   *
   * @param out flushed before the JVM may end
   * @return the work's exit code
   */
  static int guard(Messages messages, PrintStream out, Work work) throws Exception {
    StopSignal signal = new StopSignal();
    Thread hook = new Thread(signal::onShutdown, "kairos-stop");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      signal.exitCode = signal.outcome(messages, () -> work.run(signal));
      return signal.exitCode;
    } finally {
      out.flush();
      signal.ended.countDown();
      if (!signal.asked) {
        remove(hook);
      }
    }
  }

  /**
   * Runs work that cannot be gone on with: it is interrupted, takes back what it has written, and
   * whatever it fails with then means that it was stopped.
   *
   * @param out flushed before the JVM may end
   * @return the work's exit code
   */
  static int guardWhole(Messages messages, PrintStream out, Callable<Integer> work)
      throws Exception {
    return guard(
        messages,
        out,
        signal -> {
          signal.interrupted = Thread.currentThread();
          try {
            return work.call();
          } catch (Exception e) {
            if (!signal.asked) {
              throw e;
            }
            messages.trace(e);
            throw new StoppedException("stopped; nothing was written", "run it again");
          }
        });
  }

  private static void remove(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      return; // the JVM is ending already: the hook ends it with the work's code
    }
  }

  /** Once the JVM is ending nobody else would print what went wrong. */
  private int outcome(Messages messages, Callable<Integer> work) throws Exception {
    try {
      return work.call();
    } catch (Exception | Error e) {
      if (!asked) {
        throw e;
      }
      messages.trace(e);
      return messages.error(Failure.of(e));
    }
  }

  private void onShutdown() {
    asked = true;
    Thread worker = interrupted;
    if (worker != null) {
      worker.interrupt();
    }
    try {
      if (!ended.await(LONGEST_STEP_MINUTES, TimeUnit.MINUTES)) {
        exitCode = INTERRUPTED; // the last checkpoint stands
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(exitCode);
  }

  /** Whether to stop. */
  boolean asked() {
    return asked;
  }

  /** Reports on, and stops the work at the next step once asked to. */
  Progress stopping(Progress progress, String resume) {
    return new Progress() {
      @Override
      public void start(String task, long total) {
        progress.start(task, total);
      }

      @Override
      public void step(long done, double loss) {
        progress.step(done, loss);
        if (asked) {
          progress.finish();
          throw new StoppedException("stopped before everything was written", resume);
        }
      }

      @Override
      public void note(String message) {
        progress.note(message);
      }

      @Override
      public void finish() {
        progress.finish();
      }
    };
  }
}
