// SPDX-License-Identifier: Apache-2.0
package dev.kairos.spark.jobs;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SimpleFutureAction;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import scala.Function1;
import scala.Function2;
import scala.collection.Iterator;
import scala.collection.immutable.Range;
import scala.runtime.BoxedUnit;

/**
 * One job of independent tasks whose answers are taken as they come, by the thread that asked, so
 * that what was taken need not be kept, work can be seen to go on, and one bad answer ends it.
 */
public final class SparkJob {
  private static final int POLL_MILLIS = 100;

  private SparkJob() {}

  /**
   * What a task does.
   *
   * @param <S> what all tasks share, sent to each executor once
   * @param <T> what a task is given
   */
  @FunctionalInterface
  public interface Work<S, T> extends Serializable {
    /** The answer in bytes, which every serialiser knows. */
    byte[] answer(S shared, T given) throws Exception;
  }

  /** Takes an answer; what it throws ends the job. */
  @FunctionalInterface
  public interface Taker {
    /** Takes the answer of one task; each is taken once, however often Spark repeats tasks. */
    void take(byte[] answer) throws IOException;
  }

  /** The number of the attempt, from 0, after which Spark gives a task up. */
  public static int lastAttempt(SparkContext context) {
    String master = context.master();
    if (context.isLocal() && !master.contains(",")) {
      return 0; // local[N,F] alone tries again on one machine
    }
    String given = master.replaceAll(".*,\\s*(\\d+)\\s*].*", "$1");
    return context.isLocal() && given.matches("\\d+")
        ? Integer.parseInt(given) - 1
        : context.getConf().getInt("spark.task.maxFailures", 4) - 1;
  }

  /**
   * Runs a job.
   *
   * @param what for people who look at Spark's page
   * @param tasks what each task is given, those to begin first in front
   * @throws ClusterException if Spark gives up
   */
  public static <S extends Serializable, T> void run(
      SparkContext context, String what, S shared, Work<S, T> work, List<T> tasks, Taker taker)
      throws IOException {
    if (tasks.isEmpty()) {
      return;
    }
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(context);
    Broadcast<S> sent = spark.broadcast(shared);
    LinkedBlockingQueue<byte[]> answers = new LinkedBlockingQueue<>();
    context.setJobDescription(what);
    JavaRDD<T> given = spark.parallelize(tasks, tasks.size());
    SimpleFutureAction<BoxedUnit> job =
        context.submitJob(
            given.rdd(),
            (Function1<Iterator<T>, byte[]> & Serializable)
                each -> answer(work, sent.value(), each.next()),
            new Range.Exclusive(0, tasks.size(), 1),
            (Function2<Object, byte[], BoxedUnit>)
                (task, answer) -> {
                  answers.add(answer);
                  return BoxedUnit.UNIT;
                },
            () -> BoxedUnit.UNIT);
    try {
      take(job, answers, tasks.size(), taker);
    } finally {
      job.cancel();
      context.setJobDescription(null);
      sent.destroy();
    }
  }

  /** Spark could hand a task nothing but what all tasks are made of. */
  private static <S, T> byte[] answer(Work<S, T> work, S shared, T given) {
    try {
      return work.answer(shared, given);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static void take(
      SimpleFutureAction<BoxedUnit> job, BlockingQueue<byte[]> answers, int tasks, Taker taker)
      throws IOException {
    for (int taken = 0; taken < tasks; ) {
      byte[] answer;
      try {
        answer = answers.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("waiting for the cluster: interrupted");
      }
      if (answer != null) {
        taker.take(answer);
        taken++;
      } else if (job.isCompleted() && answers.isEmpty()) {
        throw new ClusterException(failure(job));
      }
    }
  }

  private static Throwable failure(SimpleFutureAction<BoxedUnit> job) {
    var outcome = job.value();
    return outcome.isDefined() && outcome.get().isFailure()
        ? outcome.get().failed().get()
        : new IllegalStateException("the job ended before all of its answers came");
  }
}
