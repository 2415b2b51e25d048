// SPDX-License-Identifier: Apache-2.0
package dev.kairos.bench;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What all benchmarks share: one contender, which must give the answer of our reference backend on
 * a small case before it is timed on the case asked for. The score is runs a second, so that the
 * counter beside it is floating-point operations, or bytes, a second.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 12, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 3, time = 400, timeUnit = TimeUnit.MILLISECONDS)
@Fork(
    value = 3,
    jvmArgsAppend = {
      "--add-modules=jdk.incubator.vector",
      "-XX:+UseSerialGC",
      "-XX:MaxNewSize=64m",
      "-XX:ObjectAlignmentInBytes=64",
      "-Dai.djl.offline=true"
    })
public abstract class Duel {
  /** Threads that a contender may use. */
  @Param("1")
  public int threads;

  private @Nullable Contender contender;
  private double operations;

  /** Operations as a rate beside the time. */
  @AuxCounters
  @State(Scope.Thread)
  public static class Work {
    /** Operations since the iteration began. */
    public double operations;

    /** Starts again with every iteration. */
    @Setup(Level.Iteration)
    public void clear() {
      operations = 0;
    }
  }

  /** The name of the contender to time. */
  abstract String peer();

  /** The case to time. */
  abstract String size();

  /** A case that the reference backend answers at once, awkward where there is a choice. */
  abstract String smallSize();

  /** Largest difference from the reference, relative to its largest value. */
  abstract double tolerance();

  /** Readies a contender for a case. */
  abstract Contender open(String name, String size);

  /** Floating-point operations, or bytes moved, of the case. */
  abstract double operations(String size);

  /** Checks the contender and readies it. */
  @Setup
  public void start() {
    try (Contender small = open(peer(), smallSize());
        Contender reference = open(Peers.REFERENCE, smallSize())) {
      Values.check(peer(), reference.answer(), small.answer(), tolerance());
    }
    contender = open(peer(), size());
    operations = operations(size());
  }

  /** The work, once. */
  @Benchmark
  public Contender run(Work work) {
    Contender current = contender;
    if (current == null) {
      throw new IllegalStateException("not started");
    }
    current.run();
    work.operations += operations;
    return current;
  }

  /** Lets the contender go. */
  @TearDown
  public void stop() {
    if (contender != null) {
      contender.close();
    }
  }
}
