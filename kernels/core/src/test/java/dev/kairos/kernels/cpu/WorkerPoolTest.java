// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.ref.WeakReference;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class WorkerPoolTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7})
  void everyTaskRunsOnce(int threads) {
    try (WorkerPool pool = new WorkerPool(threads)) {
      assertEquals(threads, pool.threads());
      for (int tasks : new int[] {0, 1, 2, 3, 64, 1001}) {
        AtomicIntegerArray runs = new AtomicIntegerArray(tasks);
        pool.run(tasks, runs::incrementAndGet);
        for (int i = 0; i < tasks; i++) {
          assertEquals(1, runs.get(i), "task " + i + " of " + tasks);
        }
      }
    }
  }

  /** Plain writes of the tasks are seen by the caller, run after run. */
  @ParameterizedTest
  @ValueSource(ints = {2, 5})
  void manySmallRuns(int threads) {
    try (WorkerPool pool = new WorkerPool(threads)) {
      int[] values = new int[7];
      for (int run = 1; run <= 20_000; run++) {
        pool.run(values.length, i -> values[i]++);
        for (int i = 0; i < values.length; i++) {
          assertEquals(run, values[i]);
        }
      }
    }
  }

  @Test
  void workersWakeAfterAPause() throws InterruptedException {
    try (WorkerPool pool = new WorkerPool(3)) {
      for (int pause = 0; pause < 5; pause++) {
        Thread.sleep(20);
        assertEquals(3, threadsThatMeet(pool, 3).size());
      }
    }
  }

  /** Runs tasks that wait for each other, so that each needs a thread of its own. */
  private static Set<Thread> threadsThatMeet(WorkerPool pool, int tasks) {
    CyclicBarrier barrier = new CyclicBarrier(tasks);
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    pool.run(
        tasks,
        i -> {
          threads.add(Thread.currentThread());
          meet(barrier);
        });
    return threads;
  }

  private static void meet(CyclicBarrier barrier) {
    try {
      barrier.await(30, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aTasksFailureReachesTheCaller() {
    for (int threads : new int[] {1, 3}) {
      try (WorkerPool pool = new WorkerPool(threads)) {
        for (int failing = 0; failing < 4; failing++) {
          int index = failing;
          RuntimeException exception = new IllegalStateException("task " + index);
          RuntimeException caught =
              assertThrows(
                  RuntimeException.class,
                  () ->
                      pool.run(
                          4,
                          i -> {
                            if (i == index) {
                              throw exception;
                            }
                          }));
          assertSame(exception, caught);
        }
        AssertionError error = new AssertionError("wrong");
        assertSame(
            error,
            assertThrows(
                AssertionError.class,
                () ->
                    pool.run(
                        2,
                        i -> {
                          throw error;
                        })));
        int[] after = new int[9];
        pool.run(9, i -> after[i] = i);
        assertEquals(8, after[8], "the pool works on");
      }
    }
  }

  @Test
  void aFailureOnAWorkerReachesTheCaller() {
    try (WorkerPool pool = new WorkerPool(2)) {
      Thread caller = Thread.currentThread();
      CyclicBarrier barrier = new CyclicBarrier(2);
      IllegalStateException e =
          assertThrows(
              IllegalStateException.class,
              () ->
                  pool.run(
                      2,
                      i -> {
                        meet(barrier);
                        if (Thread.currentThread() != caller) {
                          throw new IllegalStateException("on the worker");
                        }
                      }));
      assertEquals("on the worker", e.getMessage());
    }
  }

  @Test
  void closingEndsTheThreads() throws InterruptedException {
    Set<Thread> threads;
    try (WorkerPool pool = new WorkerPool(4)) {
      threads = threadsThatMeet(pool, 4);
      assertEquals(4, threads.size());
      threads.remove(Thread.currentThread());
      assertEquals(3, threads.size(), "the caller works too");
      for (Thread thread : threads) {
        assertTrue(thread.isDaemon(), "a forgotten pool keeps no program alive");
      }
    }
    for (Thread thread : threads) {
      thread.join(10_000);
      assertEquals(Thread.State.TERMINATED, thread.getState(), thread.getName());
    }
  }

  @Test
  void nothingIsKeptOfARunThatIsOver() throws InterruptedException {
    try (WorkerPool pool = new WorkerPool(2)) {
      WeakReference<int[]> buffer = runOnce(pool);
      for (int attempt = 0; attempt < 100 && buffer.get() != null; attempt++) {
        System.gc();
        Thread.sleep(20);
      }
      assertNull(buffer.get(), "the last run's buffers are still held");
    }
  }

  private static WeakReference<int[]> runOnce(WorkerPool pool) {
    int[] buffer = new int[1000];
    CyclicBarrier barrier = new CyclicBarrier(2);
    pool.run(
        2,
        i -> {
          meet(barrier);
          buffer[i] = 1;
        });
    assertNotEquals(0, buffer[0] + buffer[1]);
    return new WeakReference<>(buffer);
  }
}
