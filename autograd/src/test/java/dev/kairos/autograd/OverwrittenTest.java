// SPDX-License-Identifier: Apache-2.0
package dev.kairos.autograd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.tensor.CustomOp;
import dev.kairos.tensor.Engine;
import dev.kairos.tensor.Op;
import dev.kairos.tensor.OpCase;
import dev.kairos.tensor.OpCases;
import dev.kairos.tensor.Shape;
import dev.kairos.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is overwritten between forward and backward is noticed, and gradients share no memory. */
final class OverwrittenTest {
  @ParameterizedTest
  @ValueSource(strings = {"reference", "scalar"})
  void aLeafThatIsOverwrittenIsNoticed(String backend) {
    try (Engine engine = Engine.open(backend, 1);
        Tape tape = new Tape(engine)) {
      Tensor w = engine.lasting(Shape.of(1));
      w.fill(3);
      Variable y = tape.leaf(w).square();
      w.fill(100);
      assertEquals(
          "backward: operand 1, a leaf [1], of multiply on [[1], [1]] was overwritten after that was"
              + " computed, and its gradient needs what was there; overwrite it after backward, or"
              + " put a copy() of it on the tape",
          assertThrows(IllegalStateException.class, () -> tape.backward(y)).getMessage());
    }
  }

  @Test
  void everyKindOfOperandIsNamed() {
    try (Engine engine = Engine.open("reference", 1);
        Tape tape = new Tape(engine)) {
      Tensor c = engine.full(2, Shape.of(2));
      Variable x = tape.leaf(engine.full(3, Shape.of(2)));
      Variable byConstant = x.multiply(tape.constant(c)).sum();
      Variable e = x.exp();
      Variable product = e.multiply(x).sum();
      c.narrow(0, 1, 1).fill(5); // a view of it
      assertRefused(tape, byConstant, "operand 1, a constant [2], of multiply");
      e.value().fill(1);
      assertRefused(tape, product, "operand 0, the result of exp [2], of multiply");
      assertRefused(tape, e.sum(), "the result [2] of exp");
      c.addInPlace(engine.zeros(Shape.of(2)));
      Variable z = x.multiply(tape.constant(c)).sum();
      assertArrayEquals(new double[] {2, 5}, tape.backward(z).of(x).toDoubles());
    }
  }

  private static void assertRefused(Tape tape, Variable root, String fragment) {
    String message =
        assertThrows(IllegalStateException.class, () -> tape.backward(root)).getMessage();
    assertTrue(message.contains(fragment), message);
  }

  @Test
  void whatNoGradientNeedsMayBeOverwritten() {
    try (Engine engine = Engine.open("reference", 1);
        Tape tape = new Tape(engine)) {
      Tensor w = engine.full(3, Shape.of(2));
      Variable x = tape.leaf(w);
      Variable sum = x.add(x).affine(5, 1).transpose(0, 0).sum();
      w.fill(100);
      assertArrayEquals(new double[] {10, 10}, tape.backward(sum).of(x).toDoubles());
      Variable again = x.square().sum(); // and what comes after the write knows the new value
      assertArrayEquals(new double[] {200, 200}, tape.backward(again).of(x).toDoubles());
    }
  }

  /**
   * What an operation says it does not read may hold anything, and what it says it reads counts.
   */
  @Test
  void everyOperationReadsWhatItSays() {
    Set<String> claimed = new TreeSet<>();
    Set<String> seen = new HashSet<>();
    try (Engine engine = Engine.open("reference", 1)) {
      for (OpCase each : OpCases.all()) {
        if (!each.op().differentiable()) {
          continue;
        }
        int count = each.inputs().size();
        for (int input = 0; input < count; input++) {
          for (int operand = Op.RESULT; operand < count; operand++) {
            boolean reads = each.op().reads(input, operand);
            boolean changes = changes(engine, each, input, operand);
            String what = each.op().name() + ", input " + input + ", operand " + operand;
            assertTrue(reads || !changes, what + " is read: " + each);
            // What others' definitions read is not known: a custom operation says all.
            boolean known = !(each.op() instanceof CustomOp);
            if (reads && known && isReal(engine, each, input)) {
              claimed.add(what);
            }
            if (changes) {
              seen.add(what);
            }
          }
        }
      }
    }
    claimed.removeAll(seen);
    assertEquals(Set.of(), claimed, "said to be read, but no gradient shows it");
  }

  private static boolean isReal(Engine engine, OpCase each, int input) {
    return each.operands(each.bases(engine)).get(input).dtype().isReal();
  }

  /** Whether the gradient of an input is another where an operand holds other numbers. */
  private static boolean changes(Engine engine, OpCase each, int input, int operand) {
    List<Tensor> operands = copies(each.operands(each.bases(engine)));
    if (!operands.get(input).dtype().isReal()) {
      return false;
    }
    Tensor output = operands.get(0).apply(each.op(), operands).copy();
    double[] counting = new double[output.shape().count()];
    Arrays.setAll(counting, i -> i + 1);
    Tensor seed = engine.tensor(counting, output.shape().sizes());
    double[] before = each.op().vjp(input, operands, output, seed).toDoubles();
    Tensor changed = operand == Op.RESULT ? output : operands.get(operand);
    if (changed.dtype().isReal()) {
      changed.assign(changed.affine(-1.5, 0.75));
    } else {
      int[] zeros = new int[changed.shape().count()];
      int[] shifted = changed.toInts();
      Arrays.setAll(zeros, i -> shifted[i] == 0 ? 1 : 0);
      changed.assign(engine.indices(zeros, changed.shape().sizes()));
    }
    try {
      double[] after = each.op().vjp(input, operands, output, seed).toDoubles();
      return !Arrays.equals(before, after);
    } catch (IndexOutOfBoundsException e) {
      return true; // a position was read
    }
  }

  private static List<Tensor> copies(List<Tensor> tensors) {
    List<Tensor> copies = new ArrayList<>();
    tensors.forEach(each -> copies.add(each.copy()));
    return copies;
  }

  @ParameterizedTest
  @ValueSource(strings = {"reference", "scalar"})
  void gradientsShareNoMemory(String backend) {
    try (Engine engine = Engine.open(backend, 1);
        Tape tape = new Tape(engine)) {
      Variable x = tape.leaf(engine.zeros(Shape.of(2)));
      Variable y = tape.leaf(engine.zeros(Shape.of(2)));
      Tensor seed = engine.full(1, Shape.of(2));
      Gradients gradients = tape.backward(x.add(y), seed);
      gradients.of(x).fill(42);
      assertArrayEquals(new double[] {1, 1}, gradients.of(y).toDoubles());
      assertArrayEquals(new double[] {1, 1}, seed.toDoubles());
      assertArrayEquals(new double[] {42, 42}, gradients.of(x).toDoubles());
      Gradients ofSum = tape.backward(x.add(y).sum());
      ofSum.of(x).fill(42);
      assertArrayEquals(new double[] {1, 1}, ofSum.of(y).toDoubles());
      Gradients ofLeaf = tape.backward(x, seed);
      assertFalse(ofLeaf.of(x).sharesMemory(seed));
    }
  }

  /** Two gradients of every operation, its values and the seed: each in memory of its own. */
  @Test
  void noOperationGivesGradientsInMemoryOfOthers() {
    try (Engine engine = Engine.open("scalar", 1)) {
      for (OpCase each : OpCases.all()) {
        try (Tape tape = new Tape(engine)) {
          List<Variable> bases = new ArrayList<>();
          List<Tensor> known = new ArrayList<>();
          for (Tensor base : each.bases(engine)) {
            bases.add(base.dtype().isReal() ? tape.leaf(base) : tape.constant(base));
            known.add(base);
          }
          Variable output = each.apply(bases);
          if (!output.dtype().isReal()) {
            continue;
          }
          known.add(output.value());
          Tensor seed = engine.full(1, output.shape());
          known.add(seed);
          Gradients gradients = tape.backward(output, seed);
          for (Variable base : bases) {
            if (base.dtype().isReal()) {
              Tensor gradient = gradients.of(base);
              known.forEach(other -> assertFalse(gradient.sharesMemory(other), each::toString));
              known.add(gradient);
            }
          }
        }
      }
    }
  }
}
