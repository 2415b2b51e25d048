// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.cpu;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A fixed set of threads that share out numbered tasks; the caller works too. Which thread runs
 * which task is open, so tasks must write to places of their own.
 */
final class WorkerPool implements Tasks, AutoCloseable {
  private static final int SPINS = 2000;

  /** One call of {@link #run}: its tasks, and how many are taken and done. */
  private static final class Job {
    final long number;
    final int tasks;
    final IntConsumer body;
    final AtomicInteger next = new AtomicInteger();
    final AtomicInteger done = new AtomicInteger();
    volatile @Nullable Throwable failure;

    Job(long number, int tasks, IntConsumer body) {
      this.number = number;
      this.tasks = tasks;
      this.body = body;
    }

    void work() {
      for (int i = next.getAndIncrement(); i < tasks; i = next.getAndIncrement()) {
        try {
          body.accept(i);
        } catch (Throwable t) {
          failure = t;
        }
        done.getAndIncrement();
      }
    }
  }

  /** One thread; it looks for work for a while before it sleeps. */
  private final class Worker extends Thread {
    /** Set before it sleeps, so that a caller pays for waking only those that sleep. */
    private volatile boolean asleep;

    Worker(int number) {
      super("kairos-worker-" + number);
      setDaemon(true);
    }

    @Override
    public void run() {
      long served = 0;
      int idle = 0;
      while (!closed) {
        long now = workSince(served);
        if (now != served) {
          served = now;
          idle = 0;
        } else if (idle < SPINS) {
          // Primitives follow each other closely; parking at once would cost more than it saves.
          idle++;
          Thread.onSpinWait();
        } else {
          rest(served);
          idle = 0;
        }
      }
    }

    private void rest(long served) {
      asleep = true;
      // A job that came before the flag was seen wakes nobody, so look once more.
      if (!closed && !hasWorkSince(served)) {
        LockSupport.park(WorkerPool.this);
      }
      asleep = false;
    }

    void wake() {
      if (asleep) {
        LockSupport.unpark(this);
      }
    }
  }

  private final Worker[] workers;
  private volatile @Nullable Job job;
  private volatile boolean closed;
  private long jobs;

  WorkerPool(int threads) {
    workers = new Worker[threads - 1];
    for (int i = 0; i < workers.length; i++) {
      workers[i] = new Worker(i + 1);
      workers[i].start();
    }
  }

  @Override
  public int threads() {
    return workers.length + 1;
  }

  @Override
  public void run(int tasks, IntConsumer body) {
    if (tasks <= 1 || workers.length == 0) {
      for (int i = 0; i < tasks; i++) {
        body.accept(i);
      }
      return;
    }
    Job mine = new Job(++jobs, tasks, body);
    job = mine;
    int helpers = Math.min(workers.length, tasks - 1);
    for (int i = 0; i < helpers; i++) {
      workers[i].wake();
    }
    mine.work();
    while (mine.done.get() < tasks) {
      Thread.onSpinWait();
    }
    job = null;
    Throwable failure = mine.failure;
    if (failure instanceof RuntimeException e) {
      throw e;
    } else if (failure instanceof Error e) {
      throw e;
    }
  }

  private boolean hasWorkSince(long served) {
    Job current = job;
    return current != null && current.number != served;
  }

  /**
   * Works on the job at hand unless it was served before, and gives its number. A waiting worker
   * remembers a number and no job, so that it keeps no buffers alive.
   */
  private long workSince(long served) {
    Job current = job;
    if (current == null || current.number == served) {
      return served;
    }
    current.work();
    return current.number;
  }

  @Override
  public void close() {
    closed = true;
    for (Worker worker : workers) {
      LockSupport.unpark(worker);
    }
  }
}
