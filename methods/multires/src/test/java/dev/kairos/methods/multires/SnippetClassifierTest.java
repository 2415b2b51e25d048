// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.multires;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.kairos.autograd.Tape;
import dev.kairos.kernels.RandomKey;
import dev.kairos.methods.multires.SnippetClassifier.Branch;
import dev.kairos.nn.EvaluationPass;
import dev.kairos.nn.Parameter;
import dev.kairos.nn.Parameters;
import dev.kairos.nn.TrainingPass;
import dev.kairos.tensor.Engine;
import dev.kairos.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SnippetClassifierTest {
  private static final RandomKey KEY = new RandomKey(9, 9);
  private static final int WIDTH = 5;
  private static final int CLASSES = 3;

  private Engine engine;

  @BeforeEach
  void open() {
    engine = Engine.open("reference", 1);
  }

  @AfterEach
  void close() {
    engine.close();
  }

  private List<SnippetClassifier> networks(double dropout) {
    return List.of(
        new OtsNetwork(new Parameters(engine, KEY), WIDTH, CLASSES, 4, 0, dropout),
        new RtsNetwork(new Parameters(engine, KEY), WIDTH, CLASSES, 4, 1, 0, dropout),
        new RtsNetwork(new Parameters(engine, KEY), WIDTH, CLASSES, 4, 3, 0.01, dropout));
  }

  private Tensor features(SplittableRandom random, int batch, int snippets) {
    return engine.tensor(
        random.doubles((long) batch * snippets * WIDTH, -2, 2).toArray(), batch, snippets, WIDTH);
  }

  private static double[] cas(SnippetClassifier network, Tensor x) {
    return SnippetClassifier.cas(
            network.forward(new EvaluationPass(), x), x.shape().size(1), LowResolution.DEFAULT)
        .toDoubles();
  }

  @Test
  void rowsOfTheCasSumToOne() {
    long seed = 4;
    SplittableRandom random = new SplittableRandom(seed);
    for (int snippets : new int[] {1, 2, 3, 7, 8, 9, 37}) {
      for (SnippetClassifier network : networks(0.7)) {
        double[] cas = cas(network, features(random, 2, snippets));
        assertEquals(2 * snippets * (CLASSES + 1), cas.length);
        for (int t = 0; t < cas.length; t += CLASSES + 1) {
          double sum = Arrays.stream(cas, t, t + CLASSES + 1).sum();
          assertEquals(1, sum, 1e-12, "seed " + seed);
        }
      }
    }
  }

  @Test
  void everyRowOfABranchSpeaksForTheSnippetItLooksAt() {
    SplittableRandom random = new SplittableRandom(6);
    for (int snippets = 1; snippets < 40; snippets++) {
      for (SnippetClassifier network : networks(0)) {
        List<Branch<Tensor>> branches =
            network.forward(new EvaluationPass(), features(random, 1, snippets));
        assertEquals(branches.stream().map(Branch::stride).toList(), network.strides());
        for (Branch<Tensor> branch : branches) {
          double[] low = branch.logits().softmax().toDoubles();
          double[] up = LowResolution.DEFAULT.upsample(branch, snippets).toDoubles();
          int channels = CLASSES + 1;
          int rows = branch.logits().shape().size(1);
          assertEquals((snippets + branch.stride() - 1) / branch.stride(), rows);
          for (int t = 0; t < rows; t++) {
            int at = t * branch.stride() * channels;
            assertArrayEquals(
                Arrays.copyOfRange(low, t * channels, (t + 1) * channels),
                Arrays.copyOfRange(up, at, at + channels));
          }
        }
      }
    }
  }

  @Test
  void recordingsOfABatchKnowNothingOfEachOther() {
    SplittableRandom random = new SplittableRandom(8);
    Tensor x = features(random, 3, 11);
    Tensor y = x.narrow(0, 2, 1).concat(0, List.of(x.narrow(0, 0, 2)));
    for (SnippetClassifier network : networks(0)) {
      double[] expected = cas(network, x);
      double[] turned = cas(network, y);
      int each = expected.length / 3;
      for (int b = 0; b < 3; b++) {
        int from = (b + 1) % 3 * each;
        assertArrayEquals(
            Arrays.copyOfRange(expected, b * each, (b + 1) * each),
            Arrays.copyOfRange(turned, from, from + each));
      }
    }
  }

  @Test
  void dropoutIsOnInTrainingAlone() {
    Tensor x = features(new SplittableRandom(1), 1, 16);
    for (SnippetClassifier network : networks(0.7)) {
      double[] logits = network.forward(new EvaluationPass(), x).get(0).logits().toDoubles();
      try (Tape tape = new Tape(engine)) {
        TrainingPass pass = new TrainingPass(tape, KEY);
        double[] dropped =
            network.forward(pass, pass.constant(x)).get(0).logits().value().toDoubles();
        assertFalse(Arrays.equals(logits, dropped));
      }
    }
  }

  @Test
  void everyBranchHasWeightsOfItsOwn() {
    Parameters parameters = new Parameters(engine, KEY);
    new RtsNetwork(parameters.at("rts"), WIDTH, CLASSES, 4, 3, 0, 0);
    List<String> names = parameters.all().stream().map(Parameter::name).toList();
    long convolutions = names.stream().filter(n -> n.matches("rts\\.branch.*weight")).count();
    assertEquals(6, convolutions);
    assertEquals(3, names.stream().filter(n -> n.matches("rts\\.cls\\.\\d\\.weight")).count());
    assertEquals("rts.stem.weight", names.get(0));
  }

  @Test
  void refusesNoScale() {
    Parameters parameters = new Parameters(engine, KEY);
    for (int scales : new int[] {0, 31}) {
      assertThrows(
          IllegalArgumentException.class,
          () -> new RtsNetwork(parameters, WIDTH, CLASSES, 4, scales, 0, 0));
    }
  }
}
