// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.training;

import java.io.InterruptedIOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Prepares the next step on a thread of its own while the present one trains, so that the disk and
 * the processor work at the same time.
 */
final class StepsAhead implements AutoCloseable {
  private final ExecutorService reader = Executors.newSingleThreadExecutor(this::thread);
  private @Nullable Thread thread;
  private @Nullable Future<Stage.Step> next;

  private Thread thread(Runnable work) {
    Thread made = new Thread(work, "kairos-read-ahead");
    made.setDaemon(true);
    thread = made;
    return made;
  }

  /** Begins to prepare a step. */
  void begin(Stage stage, long step) {
    next = reader.submit(() -> stage.prepare(step));
  }

  /**
   * Waits for the step that was begun. What went wrong with it is thrown here.
   *
   * @throws InterruptedIOException if the thread that waits is interrupted
   */
  Stage.Step take() throws InterruptedIOException {
    Future<Stage.Step> begun = next;
    if (begun == null) {
      throw new IllegalStateException("training: no step was begun");
    }
    next = null;
    try {
      return begun.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while the next step's data were read");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw (RuntimeException) e.getCause(); // prepare declares nothing else
    }
  }

  /** Breaks off what is being prepared, and waits until the thread has ended. */
  @Override
  public void close() {
    reader.shutdownNow();
    boolean interrupted = false;
    while (thread != null && thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
