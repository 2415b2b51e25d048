// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

import dev.kairos.kernels.Backend;
import dev.kairos.kernels.BackendOptions;
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
 * re-use. Closing it ends the backend's threads.
 *
 * <p>An engine, with its tensors and all that is built upon it, belongs to one thread: the one that
 * opened it, until that calls {@link #handOver} or ends. A use from another thread is refused by an
 * {@link IllegalStateException}, always.
 */
public final class Engine implements AutoCloseable {
  /** Classes of lengths for each power of two. */
  private static final int CLASSES = 8;

  private final Backend backend;
  private final Deque<Scope> scopes = new ArrayDeque<>();
  private final List<Deque<Storage>> reals = new ArrayList<>();
  private final List<Deque<Storage>> indices = new ArrayList<>();
  private final Deque<List<Storage>> lists = new ArrayDeque<>();
  private final Owner owner = new Owner();
  private long scopedBytes;
  private long writes;

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
    return open(backend, BackendOptions.of(threads));
  }

  /** Opens a backend by name, as the options say. */
  public static Engine open(String backend, BackendOptions options) {
    return new Engine(Backends.open(backend, options));
  }

  /** The backend; every operation that computes asks here for it. */
  public Backend backend() {
    requireOwner("engine");
    return backend;
  }

  /**
   * Refuses every thread but the one this engine belongs to; for what is built upon an engine.
   *
   * @param what is about to be done, for the message
   * @throws IllegalStateException in another thread, naming the engine and both threads
   */
  public void requireOwner(String what) {
    owner.require(what, this);
  }

  /**
   * Leaves the engine, with its tensors, tapes and models, to the next thread that uses it: from
   * then on it belongs to that one. Called by the thread that has it.
   */
  public void handOver() {
    requireOwner("handOver");
    owner.release();
  }

  /** How often a tensor of this engine was overwritten so far; see {@link Tensor#isNewerThan}. */
  public long writes() {
    return writes;
  }

  /** Counts one write. */
  long countWrite() {
    return ++writes;
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
    requireOwner("scope");
    List<Storage> spare = lists.poll();
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

  void leave(Scope scope, List<Storage> made) {
    requireOwner("scope");
    if (scopes.peek() != scope) {
      throw new IllegalStateException("scope: close the scopes opened inside this one first");
    }
    scopes.pop();
    for (Storage each : made) {
      pool(each.buffer().isIndices(), number(each.buffer().length())).push(each);
    }
    made.clear();
    lists.push(made);
  }

  /**
   * A free buffer of a length that {@link #roundUp} gives, or null. One of up to twice the length
   * will do, so that lengths that change from step to step do not each keep their own.
   */
  private @Nullable Storage free(boolean isIndices, int length) {
    int number = number(length);
    Storage found = null;
    for (int i = 0; i <= CLASSES && found == null; i++) {
      found = pool(isIndices, number + i).poll();
    }
    return found;
  }

  /** The free buffers of one class of lengths. */
  private Deque<Storage> pool(boolean isIndices, int number) {
    List<Deque<Storage>> pools = isIndices ? indices : reals;
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
    return (int) Math.max(length, Math.min(rounded, Integer.MAX_VALUE - 8));
  }

  /** A tensor in the current scope, with any content. */
  Tensor empty(Shape shape, DType dtype) {
    return empty(new TensorSpec(shape, dtype));
  }

  /** A tensor in the current scope, with any content. */
  Tensor empty(TensorSpec spec) {
    requireOwner("tensor");
    Scope scope = scopes.peek();
    int count = spec.shape().count();
    boolean isIndices = spec.dtype() == DType.INT32;
    Storage storage = null;
    if (scope != null) {
      storage = free(isIndices, roundUp(count));
    }
    if (storage == null) {
      int length = scope == null ? count : roundUp(count);
      storage = allocate(length, isIndices);
      if (scope != null) {
        scopedBytes += (long) length * (isIndices ? Integer.BYTES : realBytes());
      }
    }
    if (scope != null) {
      scope.adopt(storage);
    }
    return new Tensor(this, storage, spec.shape().in(storage.buffer(), 0), spec, scope);
  }

  private Storage allocate(int length, boolean isIndices) {
    Buffer made = isIndices ? backend.allocateIndices(length) : backend.allocate(length);
    return new Storage(made);
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
    requireOwner("tensor");
    Storage storage = allocate(shape.count(), dtype == DType.INT32);
    TensorSpec spec = new TensorSpec(shape, dtype);
    return new Tensor(this, storage, shape.in(storage.buffer(), 0), spec, null);
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
    requireOwner("close");
    backend.close();
  }

  @Override
  public String toString() {
    return "engine " + backend.name() + "@" + Integer.toHexString(System.identityHashCode(this));
  }
}
