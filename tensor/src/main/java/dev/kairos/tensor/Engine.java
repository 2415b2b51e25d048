// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

import dev.kairos.kernels.AdamStep;
import dev.kairos.kernels.Backend;
import dev.kairos.kernels.BackendOptions;
import dev.kairos.kernels.Backends;
import dev.kairos.kernels.Buffer;
import dev.kairos.kernels.Precision;
import dev.kairos.kernels.SgdStep;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes tensors on one backend and owns their memory: keeps the buffers of closed {@link Scope}s
 * for re-use, and gives all buffers back when it is closed. Closing it ends the backend.
 *
 * <p>An engine, with its tensors and all that is built upon it, belongs to one thread: the one that
 * opened it, until that calls {@link #handOver} or ends. A use from another thread is refused by an
 * {@link IllegalStateException}, always.
 */
public final class Engine implements AutoCloseable {
  private final Backend backend;
  private final Deque<Scope> scopes = new ArrayDeque<>();
  private final BufferPool pool = new BufferPool();
  private final LastingBuffers lasting;
  private final HostCopies copies;
  private final Deque<List<Storage>> lists = new ArrayDeque<>();
  private final Owner owner = new Owner();
  private long scopedBytes;
  private long writes;
  private long releases;
  private boolean closed;

  /** An engine over an open backend, which it closes with itself. */
  public Engine(Backend backend) {
    this.backend = backend;
    this.lasting = new LastingBuffers(backend::release);
    this.copies = new HostCopies(backend);
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

  /** Why elements cannot be read here and now, for the reader; empty where they can. */
  String hindrance() {
    if (!owner.isCaller()) {
      return "its engine belongs to another thread";
    }
    return closed ? "its engine was closed" : "";
  }

  /** Before an operation, while all its operands are known. */
  void begin(Op op) {
    requireOwner(op.name());
    if (scopes.isEmpty()) {
      lasting.releaseUnknown();
    }
  }

  /**
   * Leaves the engine, with its tensors, tapes and models, to the next thread that uses it: from
   * then on it belongs to that one. Called by the thread that has it.
   */
  public void handOver() {
    requireOwner("handOver");
    backend.leave();
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
    lasting.releaseUnknown();
    List<Storage> spare = lists.poll();
    Scope scope = new Scope(this, spare == null ? new ArrayList<>() : spare);
    scopes.push(scope);
    return scope;
  }

  /**
   * The tensors made from now on in the innermost scope.
   *
   * @throws IllegalStateException if no scope is open
   */
  public Temporaries temporaries() {
    requireOwner("temporaries");
    Scope scope = scopes.peek();
    if (scope == null) {
      throw new IllegalStateException("temporaries: no scope is open to hold them");
    }
    return scope.temporaries();
  }

  /** Gives back the buffers from one on, but those of the tensors kept. */
  void release(List<Storage> made, int from, @Nullable Tensor[] kept) {
    releases++;
    for (Tensor each : kept) {
      if (each != null) {
        each.storage().kept(releases);
      }
    }
    int left = from;
    for (int i = from; i < made.size(); i++) {
      Storage each = made.get(i);
      if (each.kept() == releases) {
        made.set(left++, each);
      } else {
        pool.add(each);
      }
    }
    made.subList(left, made.size()).clear();
  }

  /**
   * Bytes of all buffers held for scopes. They are kept for re-use, so this is the most that any
   * moment has needed since the last {@link #trim}.
   */
  public long scopedBytes() {
    return scopedBytes;
  }

  /**
   * Gives the buffers that no tensor uses back to the backend: after work whose sizes will not come
   * again.
   */
  public void trim() {
    requireOwner("trim");
    lasting.releaseUnknown();
    pool.clear(
        free -> {
          scopedBytes -= bytes(free.buffer());
          backend.release(free.buffer());
        });
  }

  private long bytes(Buffer buffer) {
    return (long) buffer.length() * (buffer.isIndices() ? Integer.BYTES : realBytes());
  }

  /** What was copied in and out so far. */
  public Transfers transfers() {
    return copies.transfers();
  }

  void leave(Scope scope, List<Storage> made) {
    requireOwner("scope");
    if (scopes.peek() != scope) {
      throw new IllegalStateException("scope: close the scopes opened inside this one first");
    }
    scopes.pop();
    made.forEach(pool::add);
    made.clear();
    lists.push(made);
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
      storage = pool.take(isIndices, BufferPool.roundUp(count));
    }
    if (storage == null) {
      int length = scope == null ? count : BufferPool.roundUp(count);
      storage = allocate(length, isIndices);
      if (scope != null) {
        scopedBytes += bytes(storage.buffer());
      }
    }
    if (scope == null) {
      lasting.add(storage);
    } else {
      scope.adopt(storage);
    }
    return new Tensor(this, storage, storage.view(spec.shape(), 0), spec, scope);
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

  /**
   * A tensor outside every scope, from values in row order.
   *
   * @throws ShapeException if the number of values is not that of the shape
   */
  public Tensor lasting(Shape shape, double[] values) {
    Tensor made = lasting(checked(values.length, shape), real());
    copies.write(made, values);
    return made;
  }

  /**
   * A tensor outside every scope, over values in row order that other engines read too: no copy of
   * them is made where the backend computes on single precision in the host's memory. They must not
   * change any more, and writing into the tensor is refused.
   *
   * @throws ShapeException if the number of values is not that of the shape
   */
  public Tensor shared(Shape shape, float[] values) {
    requireOwner("tensor");
    TensorSpec spec = new TensorSpec(checked(values.length, shape), real());
    Optional<Buffer> seen = backend.over(values);
    Storage storage = new Storage(seen.orElseGet(() -> backend.allocate(values.length)), true);
    Tensor made = new Tensor(this, storage, storage.view(shape, 0), spec, null);
    if (seen.isEmpty()) {
      lasting.releaseUnknown();
      lasting.add(storage);
      copies.write(made, values);
    }
    return made;
  }

  /** A tensor outside every scope, with any content. */
  Tensor lasting(Shape shape, DType dtype) {
    requireOwner("tensor");
    lasting.releaseUnknown();
    Storage storage = allocate(shape.count(), dtype == DType.INT32);
    lasting.add(storage);
    TensorSpec spec = new TensorSpec(shape, dtype);
    return new Tensor(this, storage, storage.view(shape, 0), spec, null);
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
    Tensor made = empty(checked(values.length, Shape.of(sizes)), real());
    copies.write(made, values);
    return made;
  }

  /** A tensor from values in row order. */
  public Tensor tensor(float[] values, int... sizes) {
    Tensor made = empty(checked(values.length, Shape.of(sizes)), real());
    copies.write(made, values);
    return made;
  }

  /** A tensor of whole numbers, in row order. */
  public Tensor indices(int[] values, int... sizes) {
    Tensor made = empty(checked(values.length, Shape.of(sizes)), DType.INT32);
    copies.write(made, values);
    return made;
  }

  /** The whole numbers 0, 1, .. below an end. */
  public Tensor arange(int end) {
    return arange(0, end, 1);
  }

  /**
   * Whole numbers from a start in steps, up to an end that is left out.
   *
   * @param step not 0; none are left where it leads away from the end
   */
  public Tensor arange(int start, int end, int step) {
    int[] values = Ranges.whole(start, end, step);
    return indices(values, values.length);
  }

  /**
   * Reals from a start in steps, {@code start + i step}, up to an end that is left out. Where the
   * steps are no exact doubles rounding decides whether the last is below the end: {@link
   * #linspace} says how many.
   *
   * @param step not 0; none are left where it leads away from the end
   */
  public Tensor arange(double start, double end, double step) {
    double[] values = Ranges.reals(start, end, step);
    return tensor(values, values.length);
  }

  /** So many reals at equal distances, from the first to the last, which are both there. */
  public Tensor linspace(double first, double last, int count) {
    return tensor(Ranges.between(first, last, count), count);
  }

  /** The identity matrix {@code [n, n]}, of reals. */
  public Tensor eye(int n) {
    Tensor made = zeros(Shape.of(n, n));
    if (n > 0) {
      made.view(Shape.of(n), made.data().offset(), new int[] {n + 1}).fill(1);
    }
    return made;
  }

  /** Copies in and out, counted. */
  HostCopies copies() {
    return copies;
  }

  /**
   * The only element of each of some tensors, in one copy out.
   *
   * @throws ShapeException if a tensor has another number of elements than one
   */
  public double[] items(List<Tensor> scalars) {
    requireOwner("items");
    if (scalars.size() == 1) {
      return new double[] {scalars.get(0).item()};
    }
    try (Scope scope = scope()) {
      Tensor block = empty(Shape.of(scalars.size()), real());
      for (int i = 0; i < scalars.size(); i++) {
        Tensor scalar = scalars.get(i).requireItem("items");
        block.narrow(0, i, 1).assign(scalar.reshape(1));
      }
      return block.toDoubles();
    }
  }

  private static Shape checked(int count, Shape shape) {
    if (shape.count() != count) {
      throw new ShapeException("tensor: " + count + " values do not fill " + shape);
    }
    return shape;
  }

  void adam(AdamStep step, Storage weight, Storage gradient, Storage first, Storage second) {
    backend.adam(step, weight.buffer(), gradient.buffer(), first.buffer(), second.buffer());
  }

  void sgd(SgdStep step, Storage weight, Storage gradient, Storage velocity) {
    backend.sgd(step, weight.buffer(), gradient.buffer(), velocity.buffer());
  }

  /** Gives every buffer back and ends the backend. No tensor of it can be used afterwards. */
  @Override
  public void close() {
    requireOwner("close");
    if (closed) {
      return;
    }
    closed = true;
    for (Scope open : scopes) {
      open.forEachStorage(each -> backend.release(each.buffer()));
    }
    pool.clear(free -> backend.release(free.buffer()));
    lasting.releaseAll();
    backend.close();
  }

  @Override
  public String toString() {
    return "engine " + backend.name() + "@" + Integer.toHexString(System.identityHashCode(this));
  }
}
