// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.nn.optim.Optimizer;
import java.io.InterruptedIOException;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class StepsAheadTest {
  private final AtomicReference<Thread> reader = new AtomicReference<>();

  private Stage stage(LongFunction<Stage.Step> prepare) {
    return new Stage() {
      @Override
      public String name() {
        return "test";
      }

      @Override
      public long steps() {
        return 10;
      }

      @Override
      public Optimizer optimizer() {
        throw new AssertionError("not asked for");
      }

      @Override
      public Step prepare(long step) {
        reader.set(Thread.currentThread());
        return prepare.apply(step);
      }
    };
  }

  @Test
  void stepsArePreparedElsewhereAndRunHere() throws Exception {
    AtomicReference<Thread> runner = new AtomicReference<>();
    Stage stage =
        stage(
            step ->
                progress -> {
                  runner.set(Thread.currentThread());
                  return Map.of("loss", (double) step);
                });
    try (StepsAhead ahead = new StepsAhead()) {
      assertThrows(IllegalStateException.class, ahead::take);
      ahead.begin(stage, 3);
      Stage.Step step = ahead.take();
      ahead.begin(stage, 4);
      assertEquals(Map.of("loss", 3.0), step.run(Progress.NONE));
      assertSame(Thread.currentThread(), runner.get());
      assertNotSame(Thread.currentThread(), reader.get());
      assertEquals(Map.of("loss", 4.0), ahead.take().run(Progress.NONE));
      assertThrows(IllegalStateException.class, ahead::take);
    }
    assertFalse(reader.get().isAlive());
  }

  @Test
  void whatWentWrongIsThrownWhereTheStepIsTaken() throws Exception {
    RuntimeException wrong = new IllegalArgumentException("file x");
    Error worse = new OutOfMemoryError("too much");
    Stage stage =
        stage(
            step -> {
              if (step == 1) {
                throw wrong;
              } else if (step == 2) {
                throw worse;
              }
              return progress -> Map.of();
            });
    try (StepsAhead ahead = new StepsAhead()) {
      ahead.begin(stage, 0);
      Stage.Step fine = ahead.take();
      ahead.begin(stage, 1);
      assertEquals(Map.of(), fine.run(Progress.NONE));
      assertSame(wrong, assertThrows(RuntimeException.class, ahead::take));
      ahead.begin(stage, 2);
      assertSame(worse, assertThrows(Error.class, ahead::take));
    }
  }

  @Test
  void closingBreaksOffWhatIsBeingRead() throws Exception {
    CountDownLatch began = new CountDownLatch(1);
    Stage stage = stage(step -> forever(began));
    try (StepsAhead ahead = new StepsAhead()) {
      ahead.begin(stage, 0);
      began.await();
    }
    assertFalse(reader.get().isAlive());
  }

  @Test
  void anInterruptEndsTheWait() throws Exception {
    CountDownLatch began = new CountDownLatch(1);
    Stage stage = stage(step -> forever(began));
    try (StepsAhead ahead = new StepsAhead()) {
      ahead.begin(stage, 0);
      began.await();
      Thread.currentThread().interrupt();
      assertThrows(InterruptedIOException.class, ahead::take);
      assertTrue(Thread.currentThread().isInterrupted());
    }
    assertTrue(Thread.interrupted());
    assertFalse(reader.get().isAlive());
  }

  private static Stage.Step forever(CountDownLatch began) {
    began.countDown();
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return progress -> Map.of();
  }
}
