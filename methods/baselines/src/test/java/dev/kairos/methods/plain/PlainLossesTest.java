// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.plain;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kairos.autograd.check.GradCheck;
import dev.kairos.kernels.RandomKey;
import dev.kairos.methods.pseudolabel.PointTargets;
import dev.kairos.methods.pseudolabel.SnippetTargets;
import dev.kairos.methods.settings.Settings;
import dev.kairos.methods.training.TrainingData.Point;
import dev.kairos.nn.loss.Losses;
import dev.kairos.tensor.Engine;
import dev.kairos.tensor.Tensor;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PlainLossesTest {
  private static final int SNIPPETS = 17;
  private static final int CLASSES = 3;
  private static final RandomKey KEY = new RandomKey(5, 5);

  private Engine engine;

  @BeforeEach
  void open() {
    engine = Engine.open("reference", 1);
  }

  @AfterEach
  void close() {
    engine.close();
  }

  private static double[] logits() {
    SplittableRandom random = new SplittableRandom(11);
    return random.doubles(SNIPPETS * CLASSES, -4, 4).toArray();
  }

  private Tensor tensor(double[] values) {
    return engine.tensor(values, 1, SNIPPETS, CLASSES);
  }

  @Test
  void gradientFromLabelsOfRecordings() {
    Tensor labels = engine.tensor(new float[] {1, 0, 1}, 1, CLASSES);
    GradCheck.verify(
        engine,
        List.of(tensor(logits())),
        in -> PlainLosses.clip(in.get(0), in.get(0).constant(labels), 4),
        KEY,
        1e-7);
  }

  @Test
  void gradientFromPoints() {
    PlainConfig config =
        PlainConfig.from(Settings.empty().withOverrides(List.of("supervision=points")));
    List<Point> points = List.of(new Point(3, 0), new Point(9, 0), new Point(14, 2));
    double[] scores = tensor(logits()).sigmoid().toDoubles();
    verify(new PointTargets(config.pointTargets(), SNIPPETS, CLASSES, points).of(scores));
  }

  @Test
  void gradientFromSegments() {
    float[] labels = new float[SNIPPETS * CLASSES];
    for (int s = 4; s < 9; s++) {
      labels[s * CLASSES + 1] = 1;
    }
    verify(SnippetTargets.full(labels, SNIPPETS, CLASSES));
  }

  private void verify(SnippetTargets targets) {
    GradCheck.verify(
        engine, List.of(tensor(logits())), in -> targets.loss(engine, in.get(0)), KEY, 1e-7);
  }

  @Test
  void clipIsTheCrossEntropyOfTheMeanOfTheLargest() {
    Tensor x = engine.tensor(new double[] {1, -3, 5, 0, 2, -1, 4, -2}, 1, 4, 2);
    Tensor labels = engine.tensor(new float[] {1, 0}, 1, 2);
    double z0 = (5 + 4) / 2.0;
    double z1 = (0 - 1) / 2.0;
    double expected = (Math.log1p(Math.exp(-z0)) + Math.log1p(Math.exp(z1))) / 2;
    assertEquals(expected, PlainLosses.clip(x, labels, 2).item(), 1e-12);
  }

  @Test
  void fullIsTheSumOverClassesOfTheMeanOverSnippets() {
    Tensor x = tensor(logits());
    float[] labels = new float[SNIPPETS * CLASSES];
    labels[5] = 1;
    SnippetTargets targets = SnippetTargets.full(labels, SNIPPETS, CLASSES);
    double mean =
        Losses.binaryCrossEntropyWithLogits(x, engine.tensor(labels, x.shape().sizes())).item();
    double found = targets.loss(engine, x).item();
    assertEquals(mean * CLASSES, found, 1e-6);
  }
}
