// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

import java.util.function.Supplier;

/** Checks that several operations share, worded alike. */
final class Rules {
  private Rules() {}

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
