// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

import dev.kairos.kernels.Backend;
import dev.kairos.kernels.Backends;
import dev.kairos.kernels.Buffer;
import dev.kairos.kernels.Precision;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A backend with its memory: makes tensors, and keeps the buffers of closed {@link Scope}s for
 * re-use. Used by one thread at a time; closing it ends the backend's threads.
 */
public final class Engine implements AutoCloseable {
  /** Classes of lengths for each power of two. */
  private static final int CLASSES = 8;

  private final Backend backend;
  private final Deque<Scope> scopes = new ArrayDeque<>();
  private final List<Deque<Buffer>> reals = new ArrayList<>();
  private final List<Deque<Buffer>> indices = new ArrayList<>();
  private final Deque<List<Buffer>> lists = new ArrayDeque<>();
  private long scopedBytes;

  /** An engine over an open backend, which it closes with itself. */
  public Engine(Backend backend) {
    this.backend = backend;
  }

  /**
   * Opens a backend by name: {@code cpu}, {@code reference}, ..
   *
   * @param threads how many threads it may use; results do not depend on it
   */
  public static Engine open(String backend, int threads) {
    return new Engine(Backends.open(backend, threads));
  }

  /** The backend. */
  public Backend backend() {
    return backend;
  }

  /** The type of this engine's reals. */
  public DType real() {
    return backend.precision() == Precision.DOUBLE ? DType.FLOAT64 : DType.FLOAT32;
  }

  /** Bytes of one real. */
  public int realBytes() {
    return backend.precision() == Precision.DOUBLE ? Double.BYTES : Float.BYTES;
  }

  /** Opens a scope inside the current one; close it in reverse order. */
  public Scope scope() {
    List<Buffer> spare = lists.poll();
    Scope scope = new Scope(this, spare == null ? new ArrayList<>() : spare);
    scopes.push(scope);
    return scope;
  }

  /**
   * Bytes of all buffers made for scopes so far. They are kept for re-use, so this is the most that
   * any moment has needed.
   */
  public long scopedBytes() {
    return scopedBytes;
  }

  void leave(Scope scope, List<Buffer> buffers) {
    if (scopes.peek() != scope) {
      throw new IllegalStateException("scope: close the scopes opened inside this one first");
    }
    scopes.pop();
    for (Buffer buffer : buffers) {
      pool(buffer.isIndices(), number(buffer.length())).push(buffer);
    }
    buffers.clear();
    lists.push(buffers);
  }

  /**
   * A free buffer of a length that {@link #roundUp} gives, or null. One of up to twice the length
   * will do, so that lengths that change from step to step do not each keep their own.
   */
  private @Nullable Buffer free(boolean isIndices, int length) {
    int number = number(length);
    Buffer found = null;
    for (int i = 0; i <= CLASSES && found == null; i++) {
      found = pool(isIndices, number + i).poll();
    }
    return found;
  }

  /** The free buffers of one class of lengths. */
  private Deque<Buffer> pool(boolean isIndices, int number) {
    List<Deque<Buffer>> pools = isIndices ? indices : reals;
    while (pools.size() <= number) {
      pools.add(new ArrayDeque<>());
    }
    return pools.get(number);
  }

  /** Counts the classes of lengths: eight for each power of two. */
  private static int number(int length) {
    int top = Integer.highestOneBit(length);
    int step = top / CLASSES;
    return Integer.numberOfTrailingZeros(top) * CLASSES + (length - top + step - 1) / step;
  }

  /**
   * Lengths that are kept apart in the pool: at most an eighth is wasted, and recordings of
   * slightly different length share buffers.
   */
  private static int roundUp(int length) {
    if (length <= 64) {
      return 64;
    }
    int step = Integer.highestOneBit(length) / CLASSES;
    long rounded = ((long) length + step - 1) / step * step;
    return (int) Math.min(rounded, Integer.MAX_VALUE - 8);
  }

  /** A tensor in the current scope, with any content. */
  Tensor empty(Shape shape, DType dtype) {
    return empty(new TensorSpec(shape, dtype));
  }

  /** A tensor in the current scope, with any content. */
  Tensor empty(TensorSpec spec) {
    Scope scope = scopes.peek();
    int count = spec.shape().count();
    boolean isIndices = spec.dtype() == DType.INT32;
    Buffer buffer = null;
    if (scope != null) {
      buffer = free(isIndices, roundUp(count));
    }
    if (buffer == null) {
      int length = scope == null ? count : roundUp(count);
      buffer = isIndices ? backend.allocateIndices(length) : backend.allocate(length);
      if (scope != null) {
        scopedBytes += (long) length * (isIndices ? Integer.BYTES : realBytes());
      }
    }
    if (scope != null) {
      scope.adopt(buffer);
    }
    return new Tensor(this, spec.shape().in(buffer, 0), spec, scope);
  }

  /**
   * A tensor outside every scope, all zeros: for what outlives a step, such as parameters. Its
   * buffer has exactly its length.
   */
  public Tensor lasting(Shape shape) {
    Tensor made = lasting(shape, real());
    made.fill(0);
    return made;
  }

  /** A tensor outside every scope, with any content. */
  Tensor lasting(Shape shape, DType dtype) {
    int count = shape.count();
    Buffer buffer = dtype == DType.INT32 ? backend.allocateIndices(count) : backend.allocate(count);
    return new Tensor(this, shape.in(buffer, 0), new TensorSpec(shape, dtype), null);
  }

  /** A tensor of one value. */
  public Tensor full(double value, Shape shape) {
    Tensor made = empty(shape, real());
    made.fill(value);
    return made;
  }

  /** A tensor of zeros. */
  public Tensor zeros(Shape shape) {
    return full(0, shape);
  }

  /**
   * A tensor from values in row order.
   *
   * @throws ShapeException if the number of values is not that of the shape
   */
  public Tensor tensor(double[] values, int... sizes) {
    Tensor made = empty(checked(values.length, sizes), real());
    backend.write(made.data().buffer(), 0, values, 0, values.length);
    return made;
  }

  /** A tensor from values in row order. */
  public Tensor tensor(float[] values, int... sizes) {
    Tensor made = empty(checked(values.length, sizes), real());
    backend.write(made.data().buffer(), 0, values, 0, values.length);
    return made;
  }

  /** A tensor of whole numbers, in row order. */
  public Tensor indices(int[] values, int... sizes) {
    Tensor made = empty(checked(values.length, sizes), DType.INT32);
    backend.write(made.data().buffer(), 0, values, 0, values.length);
    return made;
  }

  private static Shape checked(int count, int[] sizes) {
    Shape shape = Shape.of(sizes);
    if (shape.count() != count) {
      throw new ShapeException("tensor: " + count + " values do not fill " + shape);
    }
    return shape;
  }

  /** Ends the backend. */
  @Override
  public void close() {
    backend.close();
  }
}
