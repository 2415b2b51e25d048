// SPDX-License-Identifier: Apache-2.0
package dev.kairos.autograd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.autograd.check.GradCheck;
import dev.kairos.kernels.BackendOptions;
import dev.kairos.kernels.Backends;
import dev.kairos.kernels.RandomKey;
import dev.kairos.tensor.Close;
import dev.kairos.tensor.Engine;
import dev.kairos.tensor.OpCase;
import dev.kairos.tensor.OpCases;
import dev.kairos.tensor.ProbedBackend;
import dev.kairos.tensor.Scope;
import dev.kairos.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Walks the closed list of operations: one that is declared has its gradient checked. */
@SuppressWarnings("try") // a scope is there to be closed
final class EveryOpGradientTest {
  private static final double TOLERANCE = 1e-7;
  private static final double FLOAT_TOLERANCE = 2e-4;
  private static final int DIRECTIONS = 3;
  private static final double STEP = 1e-5;

  private static Engine reference;
  private static ProbedBackend probe;
  private static Engine dirty;
  private static final List<Engine> ENGINES = new ArrayList<>();

  @BeforeAll
  static void open() {
    reference = Engine.open("reference", 1);
    probe = new ProbedBackend(Backends.open("reference", BackendOptions.of(1)));
    dirty = new Engine(probe.backend());
    Backends.providers().stream()
        .filter(each -> each.availability().usable() && !each.name().equals("reference"))
        .forEach(each -> ENGINES.add(new Engine(each.open(BackendOptions.of(2)))));
  }

  @AfterAll
  static void close() {
    reference.close();
    dirty.close();
    ENGINES.forEach(Engine::close);
    ENGINES.clear();
  }

  static List<OpCase> differentiable() {
    return OpCases.all().stream().filter(each -> each.op().differentiable()).toList();
  }

  static List<OpCase> smooth() {
    return differentiable().stream().filter(OpCase::smooth).toList();
  }

  static List<OpCase> constant() {
    return OpCases.all().stream().filter(each -> !each.op().differentiable()).toList();
  }

  @Test
  void everyRecordIsCheckedOrConstant() {
    Set<Class<?>> untried = new HashSet<>(OpCases.records());
    smooth().forEach(each -> untried.remove(each.op().getClass()));
    constant().forEach(each -> untried.remove(each.op().getClass()));
    assertEquals(Set.of(), untried, "operations without a smooth case in OpCases");
  }

  @ParameterizedTest
  @MethodSource("smooth")
  void gradientIsTheSlope(OpCase each) {
    try (Scope scope = reference.scope()) {
      List<Tensor> bases = each.bases(reference);
      for (int direction = 0; direction < DIRECTIONS; direction++) {
        RandomKey key = new RandomKey(direction, each.toString().hashCode());
        GradCheck.verify(reference, bases, each::apply, key, TOLERANCE);
      }
    }
  }

  /**
   * The gradients of {@code <result, seed>} with respect to the real operands, after one another.
   */
  private static List<double[]> gradients(
      Engine engine, OpCase each, List<double[]> moves, double step, SplittableRandom seeds) {
    List<double[]> slopes = new ArrayList<>();
    try (Tape tape = new Tape(engine)) {
      List<Tensor> bases = each.bases(engine);
      List<Variable> variables = new ArrayList<>();
      for (int i = 0; i < bases.size(); i++) {
        Tensor base = bases.get(i);
        if (base.dtype().isReal()) {
          double[] values = base.toDoubles();
          for (int j = 0; j < values.length && !moves.isEmpty(); j++) {
            values[j] += step * moves.get(i)[j];
          }
          variables.add(tape.leaf(engine.tensor(values, base.shape().sizes())));
        } else {
          variables.add(tape.constant(base));
        }
      }
      Variable result = each.apply(variables);
      double[] seed = seeds.doubles(result.shape().count(), -1, 1).toArray();
      Gradients found = tape.backward(result, engine.tensor(seed, result.shape().sizes()));
      for (Variable variable : variables) {
        if (variable.dtype().isReal()) {
          assertEquals(variable.shape(), found.of(variable).shape());
          slopes.add(found.of(variable).toDoubles());
        } else {
          slopes.add(new double[variable.shape().count()]);
        }
      }
    }
    return slopes;
  }

  private static List<double[]> gradients(Engine engine, OpCase each) {
    return gradients(engine, each, List.of(), 0, new SplittableRandom(5));
  }

  private static List<double[]> directions(OpCase each, SplittableRandom random) {
    List<double[]> directions = new ArrayList<>();
    try (Scope scope = reference.scope()) {
      for (Tensor base : each.bases(reference)) {
        directions.add(random.doubles(base.shape().count(), -1, 1).toArray());
      }
    }
    return directions;
  }

  private static double dot(List<double[]> left, List<double[]> right) {
    double sum = 0;
    for (int i = 0; i < left.size(); i++) {
      for (int j = 0; j < left.get(i).length; j++) {
        sum += left.get(i)[j] * right.get(i)[j];
      }
    }
    return sum;
  }

  /** {@code <D_v gradient, u>}: a second derivative, by differences of the tape's first. */
  private static double second(OpCase each, List<double[]> v, List<double[]> u) {
    double up = dot(gradients(reference, each, v, STEP, new SplittableRandom(5)), u);
    double down = dot(gradients(reference, each, v, -STEP, new SplittableRandom(5)), u);
    return (up - down) / (2 * STEP);
  }

  @ParameterizedTest
  @MethodSource("smooth")
  void secondDerivativesCommute(OpCase each) {
    SplittableRandom random = new SplittableRandom(each.toString().hashCode());
    List<double[]> u = directions(each, random);
    List<double[]> v = directions(each, random);
    double there = second(each, v, u);
    double back = second(each, u, v);
    Close.assertClose(each.toString(), new double[] {there}, new double[] {back}, TOLERANCE);
  }

  @ParameterizedTest
  @MethodSource("differentiable")
  void gradientIsFiniteEvenAtKinksAndTies(OpCase each) {
    for (double[] slopes : gradients(reference, each)) {
      for (double slope : slopes) {
        assertTrue(Double.isFinite(slope), () -> "slope " + slope);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("differentiable")
  void addsToASumWhatItWouldGive(OpCase each) {
    for (Engine engine : ENGINES) {
      try (Scope scope = engine.scope()) {
        List<Tensor> operands = each.operands(each.bases(engine));
        Tensor output = operands.get(0).apply(each.op(), operands);
        Tensor gradient = engine.full(0.25, output.shape());
        for (int i = 0; i < operands.size() && output.dtype().isReal(); i++) {
          if (!operands.get(i).dtype().isReal()) {
            continue;
          }
          Tensor sum = engine.full(0.5, operands.get(i).shape());
          Tensor part = each.op().vjp(i, operands, output, gradient);
          double[] expected = sum.add(part).toDoubles();
          each.op().addVjp(i, operands, output, gradient, sum);
          Close.assertClose("input " + i, expected, sum.toDoubles(), FLOAT_TOLERANCE);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("differentiable")
  void usedMemoryGivesTheSameGradientAsFresh(OpCase each) {
    List<double[]> expected = gradients(reference, each);
    for (int turn = 0; turn < 2; turn++) {
      probe.spoil();
      List<double[]> actual = gradients(dirty, each);
      for (int i = 0; i < expected.size(); i++) {
        assertArrayEquals(expected.get(i), actual.get(i), "input " + i + ", turn " + turn);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("differentiable")
  void everyBackendAgreesWithTheReference(OpCase each) {
    List<double[]> expected = gradients(reference, each);
    for (Engine engine : ENGINES) {
      List<double[]> actual = gradients(engine, each);
      for (int i = 0; i < expected.size(); i++) {
        String what = engine.backend().name() + ", input " + i;
        Close.assertClose(what, expected.get(i), actual.get(i), FLOAT_TOLERANCE);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("constant")
  void whatHasNoGradientIsAConstant(OpCase each) {
    try (Tape tape = new Tape(reference)) {
      List<Variable> leaves =
          each.bases(reference).stream()
              .map(base -> base.dtype().isReal() ? tape.leaf(base) : tape.constant(base))
              .toList();
      Variable result = each.apply(leaves);
      assertEquals(Variable.CONSTANT, result.index());
      if (result.dtype().isReal()) {
        Gradients gradients = tape.backward(result.sum());
        for (Variable leaf : leaves) {
          assertArrayEquals(new double[leaf.shape().count()], gradients.of(leaf).toDoubles());
        }
      }
    }
  }
}
