// SPDX-License-Identifier: Apache-2.0
package dev.kairos.bench;

import dev.kairos.kernels.Backend;
import dev.kairos.kernels.Backends;
import dev.kairos.kernels.Buffer;
import dev.kairos.kernels.Philox;
import dev.kairos.kernels.RandomKey;
import dev.kairos.kernels.Strided;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
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
 * How fast is a matrix product, scalar and SIMD? The answer is checked once against plain loops.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 3,
    jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
@State(Scope.Benchmark)
public class MatmulBenchmark {
  /** Backend by name. */
  @Param({"scalar", "simd"})
  public String backend = "";

  /** Rows and columns of all three matrices; 126 are the snippets of a short clip. */
  @Param({"126", "512", "1024"})
  public int size;

  private Backend open = Backends.open("reference", 1);
  private Strided a = Strided.contiguous(open.allocate(0), 0);
  private Strided b = a;
  private Strided c = a;

  /** Multiply-adds, two operations each, as a rate beside the time. */
  @AuxCounters
  @State(Scope.Thread)
  public static class Flops {
    /** Floating-point operations. */
    public double operations;

    /** Starts again with every iteration. */
    @Setup(Level.Iteration)
    public void clear() {
      operations = 0;
    }
  }

  /** Fills the operands and checks one element. */
  @Setup
  public void open() {
    open = Backends.open(backend, 1);
    RandomGenerator random = Philox.generator(new RandomKey(1, 1));
    float[] left = values(random);
    float[] right = values(random);
    a = matrix(left);
    b = matrix(right);
    c = matrix(new float[size * size]);
    open.matmul(a, b, false, c);
    double expected = 0;
    for (int k = 0; k < size; k++) {
      expected += (double) left[(size - 1) * size + k] * right[k * size + size - 1];
    }
    float[] found = new float[1];
    open.read(c.buffer(), size * size - 1, found, 0, 1);
    if (Math.abs(found[0] - expected) > 1e-5 * size) {
      throw new IllegalStateException("expected " + expected + ", found " + found[0]);
    }
  }

  private float[] values(RandomGenerator random) {
    float[] values = new float[size * size];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat() - 0.5f;
    }
    return values;
  }

  private Strided matrix(float[] values) {
    Buffer buffer = open.allocate(values.length);
    open.write(buffer, 0, values, 0, values.length);
    return Strided.contiguous(buffer, size, size);
  }

  /** One product. */
  @Benchmark
  public Strided multiply(Flops flops) {
    open.matmul(a, b, false, c);
    flops.operations += 2.0 * size * size * size;
    return c;
  }

  /** Ends the backend. */
  @TearDown
  public void close() {
    open.close();
  }
}
