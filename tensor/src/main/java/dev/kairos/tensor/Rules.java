// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

import dev.kairos.kernels.Conv1dGeometry;
import java.util.List;
import java.util.function.Supplier;

/** Checks that several operations share, worded alike. */
final class Rules {
  private Rules() {}

  /**
   * What an operation will give. Its refusals name it, also those that a shape makes on the way,
   * such as one of too many elements.
   */
  static TensorSpec spec(Op op, List<? extends Described> inputs) {
    try {
      return op.spec(inputs);
    } catch (ShapeException e) {
      String message = String.valueOf(e.getMessage());
      if (message.startsWith(op.name() + ": ")) {
        throw e;
      }
      List<Shape> shapes = inputs.stream().map(each -> each.spec().shape()).toList();
      throw new ShapeException(op.name() + ": " + message + ", from " + shapes);
    }
  }

  /** Elements that are reals, for a call whose own name is not that of its operation. */
  static void real(String name, Operand<?> x) {
    if (!x.dtype().isReal()) {
      throw new DTypeException(name + ": needs reals, not " + new TensorSpec(x.shape(), x.dtype()));
    }
  }

  /** Operands of one shape and type. */
  static void alike(String name, Operand<?> first, Operand<?> other) {
    TensorSpec one = new TensorSpec(first.shape(), first.dtype());
    TensorSpec two = new TensorSpec(other.shape(), other.dtype());
    String rule = name + ": all must be alike: " + one + " and " + two;
    if (!first.shape().equals(other.shape())) {
      throw new ShapeException(rule);
    }
    if (first.dtype() != other.dtype()) {
      throw new DTypeException(rule);
    }
  }

  /** An axis given another length; {@code where} names the operand. */
  static void fits(String name, Supplier<String> where, Shape shape, int axis, long length) {
    double count = length;
    for (int i = 0; i < shape.rank(); i++) {
      count *= i == axis ? 1 : shape.size(i);
    }
    if (length > Integer.MAX_VALUE || count > Integer.MAX_VALUE) {
      throw new ShapeException(
          name + ": more than 2^31 - 1 elements, " + length + " along the axis: " + where.get());
    }
  }

  /** Windows over time whose places an int counts, padding and dilation included. */
  static void reach(String name, Supplier<String> where, Conv1dGeometry g) {
    double padded = g.time() + 2.0 * g.padding();
    double span = (g.kernel() - 1.0) * g.dilation() + 1;
    if (padded + g.stride() > Integer.MAX_VALUE || span > Integer.MAX_VALUE) {
      throw new ShapeException(
          name
              + ": padding "
              + g.padding()
              + ", dilation "
              + g.dilation()
              + " or stride "
              + g.stride()
              + " leads past 2^31 - 1: "
              + where.get());
    }
  }

  /** The constant under a root or beside a length. */
  static void epsilon(String name, double epsilon) {
    if (!(epsilon >= 0 && epsilon < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          name + ": epsilon must be at least 0 and finite: " + epsilon);
    }
  }

  static void real(String name, TensorSpec spec) {
    if (!spec.dtype().isReal()) {
      throw new DTypeException(name + ": needs reals, not " + spec);
    }
  }

  static void indices(String name, TensorSpec spec) {
    if (spec.dtype() != DType.INT32) {
      throw new DTypeException(name + ": positions must be INT32, not " + spec);
    }
  }

  /** Two numbers that bound an interval, ends included. */
  static void interval(String name, double low, double high) {
    if (!(low <= high)) {
      throw new IllegalArgumentException(name + ": needs low <= high: " + low + ", " + high);
    }
  }

  /** A last axis, along which rows lie. */
  static void rows(String name, TensorSpec spec) {
    if (spec.shape().rank() == 0) {
      throw new ShapeException(name + ": needs at least one axis, not " + spec.shape());
    }
  }

  /** The rank of one operand; {@code where} names all of them with their shapes and letters. */
  static void rank(String name, String operand, Supplier<String> where, TensorSpec spec, int rank) {
    if (spec.shape().rank() != rank) {
      throw new ShapeException(
          name
              + ": "
              + operand
              + " must have "
              + rank
              + " axes, not "
              + spec.shape().rank()
              + ": "
              + where.get());
    }
  }

  /** How windows move over time; {@code where} names the operands with their shapes. */
  static void steps(String name, Supplier<String> where, int stride, int padding, int dilation) {
    if (stride < 1 || padding < 0 || dilation < 1) {
      throw new ShapeException(
          name
              + ": needs stride >= 1, padding >= 0, dilation >= 1: "
              + stride
              + ", "
              + padding
              + ", "
              + dilation
              + ": "
              + where.get());
    }
  }

  /** Two sizes that must agree; {@code where} names the operands with their shapes and letters. */
  static void equal(String name, String rule, Supplier<String> where, int left, int right) {
    if (left != right) {
      throw new ShapeException(
          name + ": " + rule + ": " + where.get() + ": " + left + " != " + right);
    }
  }
}
