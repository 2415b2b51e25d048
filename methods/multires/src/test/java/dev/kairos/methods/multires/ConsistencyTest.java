// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.multires;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.kairos.autograd.Gradients;
import dev.kairos.autograd.Tape;
import dev.kairos.autograd.Variable;
import dev.kairos.autograd.check.GradCheck;
import dev.kairos.kernels.RandomKey;
import dev.kairos.methods.multires.Consistency.On;
import dev.kairos.methods.proposal.CasNormalisation;
import dev.kairos.methods.tal.Cas;
import dev.kairos.tensor.Engine;
import dev.kairos.tensor.Tensor;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ConsistencyTest {
  private final Engine engine = Engine.open("reference", 1);

  @AfterEach
  void close() {
    engine.close();
  }

  private Tensor cas(double... values) {
    return engine.tensor(values, 1, values.length / 2, 2);
  }

  @Test
  void meanAndSumOfTheDistance() {
    Tensor a = cas(1, 2, 3, 4);
    Tensor b = cas(0, 4, 3, 1);
    assertEquals(1.5, Consistency.DEFAULT.between(a, b).item());
    assertEquals(6, new Consistency(true, On.LOGITS).between(a, b).item());
  }

  @Test
  void distributionsDoNotSeeAShiftOfAllChannels() {
    Tensor a = cas(1, 2, 3, 4);
    Tensor shifted = cas(6, 7, -2, -1);
    assertEquals(0, new Consistency(false, On.SOFTMAX).between(a, shifted).item(), 1e-15);
    double apart = new Consistency(false, On.SOFTMAX).between(a, cas(2, 1, 3, 4)).item();
    assertEquals(Math.tanh(0.5) / 2, apart, 1e-12); // of one snippet in two, in both channels
  }

  @Test
  void curvesOfEachChannelDoNotSeeItsScale() {
    Consistency mean = new Consistency(false, On.MINMAX);
    Tensor a = cas(1, 2, 3, 4); // 0, 0, then 1, 1
    assertEquals(0, mean.between(a, cas(10, 2, 30, 3)).item());
    assertEquals(0.5, mean.between(a, cas(0, 4, 3, 1)).item()); // 0, 1, then 1, 0
    Tensor b = cas(0, 1, 4, 3, 1, 2); // 0, 0; 1, 1; 0.25, 0.5
    Tensor c = cas(0, 3, 4, 1, 2, 1.5); // 0, 1; 1, 0; 0.5, 0.25
    assertEquals((1 + 1 + 0.25 + 0.25) / 6, mean.between(b, c).item(), 1e-15);
  }

  @Test
  void curvesWithoutAPeakAreNothing() {
    Consistency sum = new Consistency(true, On.MINMAX);
    Tensor nothing = cas(-3, 5, -1, 5); // never above 0; always the same
    assertEquals(0, sum.between(nothing, cas(-1, 0, -7, 0)).item());
    assertEquals(1, sum.between(nothing, cas(-1, 2, -7, 4)).item());
    try (Tape tape = new Tape(engine)) {
      Variable a = tape.leaf(nothing);
      double[] slope = tape.backward(sum.between(a, tape.leaf(cas(1, 2, 0, 1)))).of(a).toDoubles();
      assertArrayEquals(new double[] {0, 0}, new double[] {slope[0], slope[2]});
    }
  }

  /** The numbers are those that the initial labels are made of. */
  @Test
  void curvesAreThoseOfTheInitialLabels() {
    long seed = 7;
    double[] raw = new SplittableRandom(seed).doubles(40, -2, 3).toArray();
    double[] expected = CasNormalisation.minMaxClamped(Cas.of(raw, 10, 4)).values();
    double[] found = On.MINMAX.of(engine.tensor(raw, 1, 10, 4)).toDoubles();
    assertArrayEquals(expected, found, 1e-15, "seed " + seed);
  }

  @Test
  void largeScoresSaturate() {
    Consistency sum = new Consistency(true, On.SIGMOID);
    double expected = 0.75 - 0.5 + 0.5 - 0.25;
    double log3 = Math.log(3);
    assertEquals(expected, sum.between(cas(log3, 0, 9, 9), cas(0, -log3, 9, 9)).item(), 1e-12);
    assertEquals(0, sum.between(cas(40, -800), cas(80, -900)).item(), 1e-12);
  }

  @ParameterizedTest
  @EnumSource(On.class)
  void gradients(On on) {
    SplittableRandom random = new SplittableRandom(11);
    Tensor a = engine.tensor(random.doubles(2 * 6 * 3, -1, 3).toArray(), 2, 6, 3);
    Tensor b = engine.tensor(random.doubles(2 * 6 * 3, -1, 3).toArray(), 2, 6, 3);
    GradCheck.verify(
        engine,
        List.of(a, b),
        in -> new Consistency(false, on).between(in.get(0), in.get(1)),
        new RandomKey(3, 3),
        1e-8);
  }

  @Test
  void theGradientReachesBothAndIsNothingWhereTheyAgree() {
    try (Tape tape = new Tape(engine)) {
      Variable a = tape.leaf(cas(1, 2, 3, 4));
      Variable b = tape.leaf(cas(0, 4, 3, 1));
      Gradients gradients = tape.backward(Consistency.DEFAULT.between(a, b));
      assertArrayEquals(new double[] {0.25, -0.25, 0, 0.25}, gradients.of(a).toDoubles());
      assertArrayEquals(new double[] {-0.25, 0.25, 0, -0.25}, gradients.of(b).toDoubles());
    }
  }

  @Test
  void lengthsMustAgree() {
    assertThrows(
        IllegalArgumentException.class,
        () -> Consistency.DEFAULT.between(cas(1, 2, 3, 4), cas(1, 2)));
  }
}
