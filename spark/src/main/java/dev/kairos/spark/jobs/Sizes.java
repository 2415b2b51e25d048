// SPDX-License-Identifier: Apache-2.0
package dev.kairos.spark.jobs;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Asks a store for the sizes of many files at once: each answer takes a distant one milliseconds.
 */
public final class Sizes {
  private static final int AT_ONCE = 16;

  private Sizes() {}

  /** What is asked of each. */
  @FunctionalInterface
  public interface Question<T> {
    long bytes(T of) throws IOException;
  }

  public static <T> List<Long> of(List<T> all, Question<T> question) throws IOException {
    ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
    try {
      List<Future<Long>> asked = new ArrayList<>();
      all.forEach(each -> asked.add(threads.submit(() -> question.bytes(each))));
      List<Long> sizes = new ArrayList<>();
      for (Future<Long> answer : asked) {
        sizes.add(answer.get());
      }
      return sizes;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("asking for the sizes of files: interrupted");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException io) {
        throw io;
      }
      if (e.getCause() instanceof RuntimeException wrong) {
        throw wrong;
      }
      throw new IllegalStateException(e.getCause());
    } finally {
      var unused = threads.shutdownNow();
    }
  }
}
