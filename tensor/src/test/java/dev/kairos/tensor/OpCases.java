// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Cases worth trying for every operation, shared by the tests of values, gradients and memory. An
 * operation in the closed list without cases here fails {@link EveryOpTest}.
 */
public final class OpCases {
  private final List<OpCase> cases = new ArrayList<>();
  private final List<OpRejection> rejections = new ArrayList<>();

  private OpCases() {
    UnaryCases.addTo(this);
    BinaryCases.addTo(this);
    RowCases.addTo(this);
    MovementCases.addTo(this);
    ContractionCases.addTo(this);
    SelectionCases.addTo(this);
    CustomCases.addTo(this);
  }

  /** All cases of all operations. */
  public static List<OpCase> all() {
    return List.copyOf(new OpCases().cases);
  }

  static List<OpRejection> rejections() {
    return List.copyOf(new OpCases().rejections);
  }

  /** The closed list: every record below {@link Op}. */
  public static List<Class<?>> records() {
    return below(Op.class).toList();
  }

  private static Stream<Class<?>> below(Class<?> type) {
    return type.isSealed()
        ? Arrays.stream(type.getPermittedSubclasses()).flatMap(OpCases::below)
        : Stream.of(type);
  }

  /** A case whose gradient can be checked with differences. */
  void add(Op op, OpInput... inputs) {
    cases.add(new OpCase(op, List.of(inputs), true));
  }

  /** A case with kinks or ties: only its value is checked. */
  void addRough(Op op, OpInput... inputs) {
    cases.add(new OpCase(op, List.of(inputs), false));
  }

  void rejectShapes(Op op, List<Shape> shapes, String... fragments) {
    List<TensorSpec> inputs =
        shapes.stream().map(shape -> new TensorSpec(shape, DType.FLOAT32)).toList();
    reject(op, inputs, ShapeException.class, fragments);
  }

  void reject(
      Op op,
      List<TensorSpec> inputs,
      Class<? extends IllegalArgumentException> error,
      String... fragments) {
    rejections.add(new OpRejection(op, inputs, error, List.of(fragments)));
  }

  static TensorSpec reals(int... sizes) {
    return new TensorSpec(Shape.of(sizes), DType.FLOAT32);
  }

  static TensorSpec indices(int... sizes) {
    return new TensorSpec(Shape.of(sizes), DType.INT32);
  }

  static OpInput in(Values values, int... sizes) {
    return new OpInput(Shape.of(sizes), values, Arrangement.PLAIN);
  }

  static OpInput in(Arrangement arrangement, Values values, int... sizes) {
    return new OpInput(Shape.of(sizes), values, arrangement);
  }
}
