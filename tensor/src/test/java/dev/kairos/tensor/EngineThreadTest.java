// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** One engine serves one thread: every use from another is refused, and hand-over is explicit. */
@SuppressWarnings("try") // a scope is there to be closed
final class EngineThreadTest {
  /** What a call throws in a thread of its own. */
  private static @Nullable Exception elsewhere(Callable<?> call) throws InterruptedException {
    AtomicReference<@Nullable Exception> thrown = new AtomicReference<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                call.call();
              } catch (Exception e) {
                thrown.set(e);
              }
            },
            "visitor");
    thread.start();
    thread.join();
    return thrown.get();
  }

  private static void assertRefused(String name, Engine engine, Callable<?> call)
      throws InterruptedException {
    Exception error = elsewhere(call);
    assertNotNull(error, name + " is let in");
    String here = Thread.currentThread().getName();
    assertEquals(
        name
            + ": "
            + engine
            + (" belongs to thread '" + here + "' and was used by thread 'visitor'; open an engine")
            + " for each thread, or let its thread call handOver() when it is done with it",
        error.getMessage());
    assertEquals(IllegalStateException.class, error.getClass());
  }

  @Test
  void everyUseFromAnotherThreadIsRefused() throws InterruptedException {
    for (String backend : new String[] {"reference", "scalar", "cpu"}) {
      try (Engine engine = Engine.open(backend, 1)) {
        assertTrue(engine.toString().startsWith("engine "), engine.toString());
        Tensor x = engine.full(3, Shape.of(2, 2));
        Tensor lasting = engine.lasting(Shape.of(2));
        Scope scope = engine.scope();
        assertRefused("scope", engine, engine::scope);
        assertRefused("scope", engine, () -> close(scope));
        assertRefused("tensor", engine, () -> engine.zeros(Shape.of(2)));
        assertRefused("tensor", engine, () -> engine.lasting(Shape.of(2)));
        assertRefused("tensor", engine, () -> engine.tensor(new float[2], 2));
        assertRefused("tensor", engine, () -> engine.indices(new int[2], 2));
        assertRefused("tensor", engine, () -> x.keep());
        assertRefused("tensor", engine, () -> x.copy());
        assertRefused("engine", engine, engine::backend);
        assertRefused("handOver", engine, () -> handOver(engine));
        assertRefused("close", engine, () -> close(engine));
        assertRefused("add", engine, () -> x.add(x));
        assertRefused("permute", engine, () -> x.transpose(0, 1));
        assertRefused("narrow", engine, () -> x.select(0, 1));
        assertRefused("toDoubles", engine, x::toDoubles);
        assertRefused("toFloats", engine, x::toFloats);
        assertRefused("item", engine, x::item);
        assertRefused("fill", engine, () -> fill(x));
        assertRefused("assign", engine, () -> assign(lasting));
        scope.close();
        assertEquals(12, x.sum().item());
      }
    }
  }

  private static int close(AutoCloseable what) throws Exception {
    what.close();
    return 0;
  }

  private static int handOver(Engine engine) {
    engine.handOver();
    return 0;
  }

  private static int fill(Tensor x) {
    x.fill(1);
    return 0;
  }

  private static int assign(Tensor x) {
    x.assign(x);
    return 0;
  }

  @Test
  void whoIsHandedTheEngineOwnsItUntilItEnds() throws InterruptedException {
    try (Engine engine = Engine.open("scalar", 1)) {
      Tensor x = engine.full(3, Shape.of(2));
      engine.handOver();
      assertNull(elsewhere(() -> assign(x.add(x))));
      // The visitor has ended: what it had is free again.
      assertEquals(6, x.sum().item());
      assertNotNull(elsewhere(() -> x.add(x)));
    }
  }

  /** Many threads at once: one wins what was handed over, and no other is ever let in. */
  @Test
  void threadsThatRaceAreLetInOneOnly() throws InterruptedException {
    Engine engine = Engine.open("scalar", 1);
    Tensor x = engine.full(3, Shape.of(16));
    engine.handOver();
    int count = 8;
    AtomicInteger right = new AtomicInteger();
    AtomicInteger refused = new AtomicInteger();
    CountDownLatch ready = new CountDownLatch(count);
    CountDownLatch done = new CountDownLatch(count);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Thread thread =
          new Thread(
              () -> {
                ready.countDown();
                try {
                  ready.await();
                  for (int turn = 0; turn < 200; turn++) {
                    right.addAndGet(x.add(x).sum().item() == 96 ? 1 : 0);
                  }
                } catch (IllegalStateException | InterruptedException e) {
                  refused.incrementAndGet();
                }
                done.countDown();
                try {
                  done.await(); // nobody ends, and leaves the engine, before all have tried
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              });
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertEquals(200, right.get());
    assertEquals(count - 1, refused.get());
    engine.close();
  }
}
