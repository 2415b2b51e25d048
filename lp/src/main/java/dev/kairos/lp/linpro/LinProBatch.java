// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.linpro;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Solves many LinPro problems in several threads, each with a solver of its own. Every problem is
 * solved from the beginning by one thread, so answers have the same bits for any number of threads.
 */
public final class LinProBatch {
  private static final int CHUNK = 8;

  private LinProBatch() {}

  /** One of many tasks. */
  @FunctionalInterface
  public interface Task {
    /**
     * Does it.
     *
     * @param solver for this thread alone
     * @param index which of the tasks
     */
    void run(LinProSolver solver, int index);
  }

  /**
   * Solves problems.
   *
   * @param problems the problems
   * @param options which of the programs is meant
   * @param threads how many threads work, the caller's included, at least 1
   * @return an answer for each problem, in their order
   */
  public static List<LinProSolution> solve(
      List<LinProProblem> problems, LinProOptions options, int threads) {
    LinProProblem[] all = problems.toArray(LinProProblem[]::new);
    LinProSolution[] found = new LinProSolution[all.length];
    forEach(
        all.length,
        options,
        threads,
        (solver, i) -> {
          solver.solve(all[i]);
          found[i] = solver.solution();
        });
    return Arrays.asList(found);
  }

  /**
   * Does so many tasks. Each is done once, with the solver of the thread that does it; which one
   * that is, must not matter to it.
   *
   * @param count number of tasks
   * @param options which of the programs is meant
   * @param threads how many threads work, the caller's included, at least 1
   * @param task does the task of a number below {@code count}
   */
  public static void forEach(int count, LinProOptions options, int threads, Task task) {
    if (threads < 1) {
      throw new IllegalArgumentException("LinPro: needs at least one thread: " + threads);
    }
    AtomicInteger next = new AtomicInteger();
    AtomicReference<Throwable> failure = new AtomicReference<>();
    Runnable work =
        () -> {
          try {
            work(count, options, next, task);
          } catch (RuntimeException | Error e) {
            failure.compareAndSet(null, e);
            next.set(count); // the others have no use for going on
          }
        };
    List<Thread> others = new ArrayList<>();
    for (int t = 1; t < Math.min(threads, (count + CHUNK - 1) / CHUNK); t++) {
      Thread thread = new Thread(work, "linpro-" + t);
      thread.setDaemon(true);
      thread.start();
      others.add(thread);
    }
    work.run();
    joinAll(others);
    if (failure.get() instanceof Error error) {
      throw error;
    }
    if (failure.get() instanceof RuntimeException mistake) {
      throw mistake;
    }
  }

  private static void work(int count, LinProOptions options, AtomicInteger next, Task task) {
    LinProSolver solver = new LinProSolver(options);
    for (int from = next.getAndAdd(CHUNK); from < count; from = next.getAndAdd(CHUNK)) {
      for (int i = from; i < Math.min(count, from + CHUNK); i++) {
        task.run(solver, i);
      }
    }
  }

  /** The answers are written by these threads, so an interrupt has to wait. */
  private static void joinAll(List<Thread> threads) {
    boolean interrupted = false;
    for (Thread thread : threads) {
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
