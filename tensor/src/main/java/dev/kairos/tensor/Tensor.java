// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

import dev.kairos.kernels.AdamStep;
import dev.kairos.kernels.SgdStep;
import dev.kairos.kernels.Strided;
import dev.kairos.kernels.ZipFunction;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An n-dimensional array of reals (or whole numbers) in an {@link Engine}'s memory. Operations give
 * new tensors and never change their arguments; views share storage. Only the methods whose name
 * says so write into a tensor.
 */
public final class Tensor implements TensorOps<Tensor>, Described {
  private final Engine engine;
  private final Storage storage;
  private final Strided data;
  private final TensorSpec spec;
  private final @Nullable Scope scope;

  Tensor(Engine engine, Storage storage, Strided data, TensorSpec spec, @Nullable Scope scope) {
    this.engine = engine;
    this.storage = storage;
    this.data = data;
    this.spec = spec;
    this.scope = scope;
  }

  /** The engine whose memory holds the elements. */
  public Engine engine() {
    return engine;
  }

  /**
   * The elements, as kernels see them.
   *
   * @throws IllegalStateException if the scope that made this tensor was closed
   */
  Strided data() {
    if (scope != null && scope.isClosed()) {
      throw new IllegalStateException(
          "tensor "
              + shape()
              + ": its scope was closed and its memory given to others; copy what must"
              + " outlive a step with keep()");
    }
    return data;
  }

  @Override
  public Shape shape() {
    return spec.shape();
  }

  @Override
  public DType dtype() {
    return spec.dtype();
  }

  @Override
  public Tensor self() {
    return this;
  }

  @Override
  public Tensor apply(Op op, List<Tensor> inputs) {
    engine.begin(op);
    for (int i = 0; i < inputs.size(); i++) {
      requireEngine(op.name(), inputs.get(i));
    }
    return op.forward(inputs, Rules.spec(op, inputs));
  }

  private void requireEngine(String name, Tensor other) {
    if (other.engine != engine) {
      throw new IllegalArgumentException(
          name + ": its operands belong to different engines: " + spec() + " and " + other.spec());
    }
  }

  @Override
  public Tensor constant(Tensor tensor) {
    return tensor;
  }

  @Override
  public Tensor detach() {
    return this;
  }

  @Override
  public TensorSpec spec() {
    return spec;
  }

  /** The same elements seen through other sizes and strides. */
  Tensor view(Shape viewed, int offset, int[] strides) {
    Strided seen = viewed.in(data(), offset, strides);
    return new Tensor(engine, storage, seen, new TensorSpec(viewed, dtype()), scope);
  }

  /** The same elements, in rows without gaps, under another shape of as many. */
  Tensor reshaped(Shape viewed) {
    Strided seen = viewed.in(data(), data.offset());
    return new Tensor(engine, storage, seen, new TensorSpec(viewed, dtype()), scope);
  }

  /** Whether the elements lie in rows without gaps. */
  public boolean isContiguous() {
    return data().isContiguous();
  }

  /** The strides, as a copy. */
  int[] strides() {
    int[] strides = new int[shape().rank()];
    for (int i = 0; i < strides.length; i++) {
      strides[i] = data.stride(i);
    }
    return strides;
  }

  /** A copy outside every scope. */
  public Tensor keep() {
    Tensor copy = engine.lasting(shape(), dtype());
    copy.assign(this);
    return copy;
  }

  /** A copy in the current scope, in rows without gaps. */
  public Tensor copy() {
    Tensor copy = engine.empty(spec());
    copy.assign(this);
    return copy;
  }

  /** Overwrites every element with a value. */
  public void fill(double value) {
    requireWritable("fill");
    Rules.real("fill", spec());
    engine.backend().fill(data(), value);
    wrote();
  }

  /**
   * Overwrites every element with those of a tensor of the same shape and type, which may be a view
   * of the same memory: what counts is what it held before.
   *
   * @throws ShapeException if the shapes differ, or if this is a view that repeats elements: there
   *     several numbers would go to one place
   */
  public void assign(Tensor source) {
    requireWritable("assign");
    requireEngine("assign", source);
    if (source.dtype() != dtype()) {
      throw new DTypeException("assign: " + source.spec() + " into " + spec());
    }
    if (!source.shape().equals(shape())) {
      throw new ShapeException("assign: " + source.shape() + " into " + shape());
    }
    if (Places.repeat(data())) {
      throw new ShapeException(
          "assign: "
              + source.shape()
              + " into a view "
              + shape()
              + " that repeats elements; assign to the tensor it is a view of, or to a copy()");
    }
    if (Places.same(source.data(), data())) {
      return;
    }
    if (sharesMemory(source) && Places.meet(source.data(), data())) {
      try (Scope scope = engine.scope()) {
        Tensor before = engine.empty(spec());
        engine.backend().copy(source.data(), before.data());
        engine.backend().copy(before.data(), data());
      }
    } else {
      engine.backend().copy(source.data(), data());
    }
    wrote();
  }

  /**
   * Adds the elements of a tensor of the same shape to these.
   *
   * @throws ShapeException if the shapes differ
   */
  public void addInPlace(Tensor source) {
    requireWritable("addInPlace");
    requireEngine("addInPlace", source);
    if (!source.shape().equals(shape())) {
      throw new ShapeException("addInPlace: " + source.shape() + " to " + shape());
    }
    engine.backend().zip(ZipFunction.ADD, data(), source.data(), data());
    wrote();
  }

  /**
   * One Adam update of this weight and of both its moments.
   *
   * @param gradient of the shape of this
   * @param first the first moment, of the shape of this
   * @param second the second moment, of the shape of this
   * @throws ShapeException if the shapes differ, or this or a moment is not a tensor that {@link
   *     Engine#lasting} gave
   */
  public void adamInPlace(AdamStep step, Tensor gradient, Tensor first, Tensor second) {
    Tensor slope = forUpdate("adam", gradient, List.of(this, first, second));
    engine.adam(step, storage, slope.storage, first.storage, second.storage);
    List.of(this, first, second).forEach(Tensor::wrote);
  }

  /**
   * One gradient-descent update of this weight and of its velocity.
   *
   * @param gradient of the shape of this
   * @param velocity of the shape of this
   * @throws ShapeException if the shapes differ, or this or the velocity is not a tensor that
   *     {@link Engine#lasting} gave
   */
  public void sgdInPlace(SgdStep step, Tensor gradient, Tensor velocity) {
    Tensor slope = forUpdate("sgd", gradient, List.of(this, velocity));
    engine.sgd(step, storage, slope.storage, velocity.storage);
    List.of(this, velocity).forEach(Tensor::wrote);
  }

  /** The gradient as updates need it: from the first element of its memory, without gaps. */
  private Tensor forUpdate(String name, Tensor gradient, List<Tensor> updated) {
    engine.requireOwner(name);
    requireEngine(name, gradient);
    for (Tensor each : updated) {
      each.requireWritable(name);
      requireEngine(name, each);
      if (!gradient.shape().equals(each.shape()) || !each.fillsItsMemory()) {
        throw new ShapeException(
            name
                + ": gradient "
                + gradient.shape()
                + " for "
                + each.shape()
                + ", which must be a"
                + " lasting tensor of that shape");
      }
    }
    Tensor together = gradient.contiguous();
    return together.data().offset() == 0 ? together : together.copy();
  }

  private boolean fillsItsMemory() {
    return isContiguous() && shape().count() == storage.length();
  }

  /** The memory that holds the elements. */
  Storage storage() {
    return storage;
  }

  private void requireWritable(String name) {
    engine.requireOwner(name);
    if (storage.isShared()) {
      throw new IllegalStateException(
          name
              + ": the memory of this tensor "
              + shape()
              + " is read by other engines too, so nothing may be written into it; write into a"
              + " keep()");
    }
  }

  /** Notes that elements were overwritten. */
  private void wrote() {
    storage.written(engine.countWrite());
  }

  /**
   * Whether an element of this memory was overwritten after the given number of writes.
   *
   * @param writes from {@link Engine#writes}
   */
  public boolean isNewerThan(long writes) {
    return storage.written() > writes;
  }

  /** Whether both are views of one buffer. */
  public boolean sharesMemory(Tensor other) {
    return storage == other.storage;
  }

  /** The elements in row order, as doubles. */
  public double[] toDoubles() {
    engine.requireOwner("toDoubles");
    Rules.real("toDoubles", spec());
    double[] values = new double[shape().count()];
    engine.copies().read(contiguous(), values);
    return values;
  }

  /** The elements in row order, as floats. */
  public float[] toFloats() {
    engine.requireOwner("toFloats");
    Rules.real("toFloats", spec());
    float[] values = new float[shape().count()];
    engine.copies().read(contiguous(), values);
    return values;
  }

  /** The elements of an index tensor in row order. */
  public int[] toInts() {
    engine.requireOwner("toInts");
    if (dtype() != DType.INT32) {
      throw new DTypeException("toInts: needs INT32, not " + spec());
    }
    int[] values = new int[shape().count()];
    engine.copies().read(contiguous(), values);
    return values;
  }

  /**
   * One element, real or whole: {@code get(i, j)} of a matrix. Each call copies one number out;
   * many are cheaper by {@link #toDoubles}.
   *
   * @param position along each axis; negative ones count from the end
   * @throws ShapeException if there are not as many positions as axes, or one is outside its axis
   */
  public double get(int... position) {
    engine.requireOwner("get");
    if (position.length != shape().rank()) {
      throw new ShapeException(
          "get: needs a position for each axis of "
              + shape()
              + ", not "
              + Arrays.toString(position));
    }
    int at = data().offset();
    for (int axis = 0; axis < position.length; axis++) {
      at += Axes.front("get", shape(), axis, position[axis]) * data().stride(axis);
    }
    return engine.copies().read(view(Shape.of(), at, new int[0]));
  }

  /** The only element. */
  public double item() {
    engine.requireOwner("item");
    return engine.copies().read(requireItem("item"));
  }

  /** Itself, if it is one real. */
  Tensor requireItem(String name) {
    Rules.real(name, spec());
    if (shape().count() != 1) {
      throw new ShapeException(name + ": needs exactly one element, not " + shape());
    }
    return this;
  }

  /** Why the elements cannot be read here and now, for the reader; empty where they can. */
  String hindrance() {
    String found = engine.hindrance();
    return found.isEmpty() && scope != null && scope.isClosed() ? "its scope was closed" : found;
  }

  /**
   * Shape, type and elements, as NumPy and PyTorch print them: at most four digits behind the
   * point, and of more than a thousand elements the first and last three along each axis. Copies
   * those out, and changes nothing; never fails, but says why where the elements cannot be read.
   * Messages have {@link #spec} alone.
   */
  @Override
  public String toString() {
    return TensorText.of(this);
  }
}
