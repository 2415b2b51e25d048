// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

import java.util.stream.IntStream;

/** How the memory of an operand lies: in rows without gaps, or as a view of something else. */
public enum Arrangement {
  /** Rows without gaps. */
  PLAIN {
    @Override
    Shape base(Shape shape) {
      return shape;
    }

    @Override
    <T extends TensorOps<T>> T view(T base, Shape shape) {
      return base;
    }
  },
  /** All axes in reverse order. */
  REVERSED {
    @Override
    Shape base(Shape shape) {
      return Shape.of(IntStream.range(0, shape.rank()).map(i -> shape.size(-1 - i)).toArray());
    }

    @Override
    <T extends TensorOps<T>> T view(T base, Shape shape) {
      return base.permute(IntStream.range(0, shape.rank()).map(i -> -1 - i).toArray());
    }
  },
  /** The last two axes exchanged. */
  SWAPPED {
    @Override
    Shape base(Shape shape) {
      return shape.with(-1, shape.size(-2)).with(-2, shape.size(-1));
    }

    @Override
    <T extends TensorOps<T>> T view(T base, Shape shape) {
      return base.transpose(-2, -1);
    }
  },
  /** The middle of something larger along every axis. */
  NARROWED {
    @Override
    Shape base(Shape shape) {
      return Shape.of(IntStream.of(shape.sizes()).map(size -> size + 2).toArray());
    }

    @Override
    <T extends TensorOps<T>> T view(T base, Shape shape) {
      T view = base;
      for (int axis = 0; axis < shape.rank(); axis++) {
        view = view.narrow(axis, 1, shape.size(axis));
      }
      return view;
    }
  },
  /** One slice repeated along the first axis. */
  REPEATED {
    @Override
    Shape base(Shape shape) {
      return shape.with(0, 1);
    }

    @Override
    <T extends TensorOps<T>> T view(T base, Shape shape) {
      return base.broadcastTo(shape);
    }
  },
  /** The first two axes are overlapping windows. */
  WINDOWED {
    @Override
    Shape base(Shape shape) {
      return shape.remove(1).with(0, shape.size(0) + shape.size(1) - 1);
    }

    @Override
    <T extends TensorOps<T>> T view(T base, Shape shape) {
      return base.unfold(0, shape.size(1), 1);
    }
  };

  /** The shape of the memory behind a view. */
  abstract Shape base(Shape shape);

  /** The view of a shape over memory of {@link #base}. */
  abstract <T extends TensorOps<T>> T view(T base, Shape shape);
}
