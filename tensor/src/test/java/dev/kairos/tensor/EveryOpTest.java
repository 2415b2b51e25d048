// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.kernels.BackendOptions;
import dev.kairos.kernels.Backends;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Walks the closed list of operations: one that is declared is one that is tested. */
@SuppressWarnings("try") // a scope is there to be closed
final class EveryOpTest {
  private static final double FLOAT_TOLERANCE = 2e-5;

  /** Takes whatever it is given. */
  private static final Set<Class<?>> NEVER_REFUSES = Set.of(Contiguous.class);

  private static Engine reference;
  private static final List<Engine> ENGINES = new ArrayList<>();
  private static final List<ProbedBackend> PROBES = new ArrayList<>();
  private static final List<Engine> DIRTY = new ArrayList<>();

  static List<OpCase> cases() {
    return OpCases.all();
  }

  static List<OpRejection> rejections() {
    return OpCases.rejections();
  }

  @BeforeAll
  static void open() {
    reference = Engine.open("reference", 1);
    Backends.providers().stream()
        .filter(provider -> provider.availability().usable())
        .forEach(
            provider -> {
              ENGINES.add(new Engine(provider.open(BackendOptions.of(2))));
              ProbedBackend probe = new ProbedBackend(provider.open(BackendOptions.of(2)));
              PROBES.add(probe);
              DIRTY.add(new Engine(probe.backend()));
            });
  }

  @AfterAll
  static void close() {
    reference.close();
    ENGINES.forEach(Engine::close);
    DIRTY.forEach(Engine::close);
    ENGINES.clear();
    DIRTY.clear();
    PROBES.clear();
  }

  private static double[] numbers(Tensor tensor) {
    if (tensor.dtype().isReal()) {
      return tensor.toDoubles();
    }
    int[] whole = tensor.toInts();
    double[] values = new double[whole.length];
    for (int i = 0; i < whole.length; i++) {
      values[i] = whole[i];
    }
    return values;
  }

  @Test
  void everyRecordHasCases() {
    Set<Class<?>> untried = new HashSet<>(OpCases.records());
    cases().forEach(each -> untried.remove(each.op().getClass()));
    assertEquals(Set.of(), untried, "operations without cases in OpCases");
  }

  @Test
  void everyDifferentiableRecordHasCasesForItsGradient() {
    Set<Class<?>> smooth =
        cases().stream()
            .filter(OpCase::smooth)
            .map(each -> each.op().getClass())
            .collect(Collectors.toSet());
    cases().stream()
        .filter(each -> each.op().differentiable())
        .forEach(each -> assertTrue(smooth.contains(each.op().getClass()), each::toString));
  }

  @Test
  void everyRecordRefusesSomething() {
    Set<Class<?>> untried = new HashSet<>(OpCases.records());
    untried.removeAll(NEVER_REFUSES);
    rejections().forEach(each -> untried.remove(each.op().getClass()));
    assertEquals(Set.of(), untried, "operations without rejected operands in OpCases");
  }

  @Test
  void everyRecordIsARecordWithANameOfItsOwn() {
    Set<String> names = new HashSet<>();
    Set<Class<?>> seen = new HashSet<>();
    for (OpCase each : cases()) {
      assertTrue(each.op().getClass().isRecord(), each::toString);
      if (seen.add(each.op().getClass())) {
        assertTrue(names.add(each.op().name()), each.op().name());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void resultIsWhatTheSpecSays(OpCase each) {
    for (Engine engine : ENGINES) {
      try (Scope scope = engine.scope()) {
        List<Tensor> operands = each.operands(each.bases(engine));
        TensorSpec spec = each.op().spec(operands.stream().map(Tensor::spec).toList());
        Tensor result = operands.get(0).apply(each.op(), operands);
        assertEquals(spec, result.spec());
        assertEquals(spec.shape().count(), numbers(result).length);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void operandsStayAsTheyWere(OpCase each) {
    for (Engine engine : ENGINES) {
      try (Scope scope = engine.scope()) {
        List<Tensor> bases = each.bases(engine);
        List<double[]> before = bases.stream().map(EveryOpTest::numbers).toList();
        each.apply(bases);
        for (int i = 0; i < bases.size(); i++) {
          assertArrayEquals(before.get(i), numbers(bases.get(i)), "operand " + i);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void everyBackendAgreesWithTheReference(OpCase each) {
    try (Scope outer = reference.scope()) {
      double[] expected = numbers(each.apply(each.bases(reference)));
      for (Engine engine : ENGINES) {
        try (Scope scope = engine.scope()) {
          double[] actual = numbers(each.apply(each.bases(engine)));
          Close.assertClose(engine.backend().name(), expected, actual, FLOAT_TOLERANCE);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void usedMemoryGivesTheSameResultAsFresh(OpCase each) {
    for (int i = 0; i < ENGINES.size(); i++) {
      Engine fresh = ENGINES.get(i);
      Engine dirty = DIRTY.get(i);
      try (Scope scope = fresh.scope()) {
        double[] expected = numbers(each.apply(each.bases(fresh)));
        for (int turn = 0; turn < 2; turn++) {
          PROBES.get(i).spoil();
          try (Scope used = dirty.scope()) {
            double[] actual = numbers(each.apply(each.bases(dirty)));
            assertArrayEquals(expected, actual, dirty.backend().name() + ", turn " + turn);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("rejections")
  void refusesWithNameAndEveryShape(OpRejection each) {
    IllegalArgumentException error =
        assertThrows(each.error(), () -> each.op().spec(each.inputs()));
    String message = error.getMessage();
    assertTrue(message.startsWith(each.op().name() + ": "), message);
    each.fragments().forEach(part -> assertTrue(message.contains(part), part + " in: " + message));
    if (error instanceof ShapeException) {
      for (TensorSpec input : each.inputs()) {
        String shape = input.shape().toString();
        assertTrue(message.contains(shape), shape + " in: " + message);
      }
    }
  }
}
