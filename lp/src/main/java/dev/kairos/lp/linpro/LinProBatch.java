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
    if (threads < 1) {
      throw new IllegalArgumentException("LinPro: needs at least one thread: " + threads);
    }
    LinProProblem[] all = problems.toArray(LinProProblem[]::new);
    LinProSolution[] found = new LinProSolution[all.length];
    AtomicInteger next = new AtomicInteger();
    AtomicReference<Throwable> failure = new AtomicReference<>();
    Runnable work =
        () -> {
          try {
            work(all, options, next, found);
          } catch (RuntimeException | Error e) {
            failure.compareAndSet(null, e);
            next.set(all.length); // the others have no use for going on
          }
        };
    List<Thread> others = new ArrayList<>();
    for (int t = 1; t < Math.min(threads, (all.length + CHUNK - 1) / CHUNK); t++) {
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
    return Arrays.asList(found);
  }

  private static void work(
      LinProProblem[] all, LinProOptions options, AtomicInteger next, LinProSolution[] found) {
    LinProSolver solver = new LinProSolver(options);
    for (int from = next.getAndAdd(CHUNK); from < all.length; from = next.getAndAdd(CHUNK)) {
      for (int i = from; i < Math.min(all.length, from + CHUNK); i++) {
        solver.solve(all[i]);
        found[i] = solver.solution();
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
