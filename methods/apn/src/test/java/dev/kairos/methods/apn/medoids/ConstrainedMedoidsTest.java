// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.apn.medoids;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.methods.apn.medoids.ConstrainedMedoids.Mode;
import dev.kairos.methods.apn.medoids.ConstrainedMedoids.Options;
import dev.kairos.methods.apn.medoids.PseudoActions.BackgroundInstance;
import dev.kairos.methods.apn.medoids.PseudoActions.PseudoAction;
import dev.kairos.methods.tal.Interval;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ConstrainedMedoidsTest {
  private static final long SEED = 41;
  private static final int TRIALS = 150;
  private static final int ACTIONS = 4;
  private static final Options DEFAULTS = Options.defaults(Integer.MAX_VALUE);

  /** A recording and how to cluster it. */
  private static final class Trial {
    private final double[][] rows;
    private final int[] snippets;
    private final int[] labels;
    private final Options options;

    private Trial(double[][] rows, int[] snippets, int[] labels, Options options) {
      this.rows = rows;
      this.snippets = snippets;
      this.labels = labels;
      this.options = options;
    }

    static Trial of(SplittableRandom random, Mode mode, FrameDistance distance) {
      int length = random.nextInt(1, 24);
      int width = random.nextInt(1, 8);
      boolean whole = random.nextBoolean(); // so that there are ties and rows of zeros
      double[][] rows = new double[length][width];
      for (double[] row : rows) {
        for (int i = 0; i < width; i++) {
          row[i] = whole ? random.nextInt(3) : Math.max(0, 2 * random.nextDouble() - 0.7);
        }
      }
      int[] snippets = random.ints(random.nextInt(1, 7), 0, length).distinct().sorted().toArray();
      int[] labels = random.ints(snippets.length, 0, ACTIONS).toArray();
      int reach = random.nextBoolean() ? Integer.MAX_VALUE : random.nextInt(6);
      return new Trial(
          rows,
          snippets,
          labels,
          new Options(mode, distance, reach, random.nextInt(1, 3), random.nextInt(1, 5), 50));
    }

    MarkedPoints points() {
      return MarkedPoints.of(snippets, labels);
    }

    FeatureRows features() {
      return scaled(1);
    }

    FeatureRows scaled(double factor) {
      double[] flat = flat();
      for (int i = 0; i < flat.length; i++) {
        flat[i] *= factor;
      }
      return FeatureRows.of(flat, rows[0].length);
    }

    double[] flat() {
      return Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray();
    }

    PseudoActions found() {
      return new ConstrainedMedoids(options).cluster(features(), points());
    }

    @Override
    public String toString() {
      return "seed " + SEED + ": " + Arrays.deepToString(rows) + " " + points() + " " + options;
    }
  }

  private static void forTrials(FrameDistance distance, Consumer<Trial> check) {
    SplittableRandom random = new SplittableRandom(SEED);
    for (Mode mode : Mode.values()) {
      for (int i = 0; i < TRIALS; i++) {
        check.accept(Trial.of(random, mode, distance));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void followsItsDefinition(FrameDistance distance) {
    forTrials(
        distance,
        trial ->
            assertEquals(
                DefinedMedoids.cluster(trial.rows, trial.points(), trial.options),
                trial.found(),
                trial::toString));
  }

  @ParameterizedTest
  @EnumSource
  void holdsEachSnippetOnceAndEachPointInItsAction(FrameDistance distance) {
    forTrials(
        distance,
        trial -> {
          PseudoActions found = trial.found();
          int[] held = new int[trial.rows.length];
          List<Interval> all = new ArrayList<>(found.intervals());
          all.addAll(found.background().stream().map(BackgroundInstance::snippets).toList());
          for (Interval each : all) {
            assertTrue(each.length() > 0, trial::toString);
            for (int t = each.start(); t < each.end(); t++) {
              held[t]++;
            }
          }
          assertTrue(Arrays.stream(held).allMatch(times -> times == 1), trial::toString);
          assertEquals(
              trial.points().points(),
              found.actions().stream().map(PseudoAction::point).toList(),
              trial::toString);
          for (PseudoAction action : found.actions()) {
            assertTrue(isIn(action.point().snippet(), action.snippets()), trial::toString);
            assertTrue(isIn(action.medoid(), action.snippets()), trial::toString);
          }
          for (BackgroundInstance each : found.background()) {
            assertTrue(isIn(each.medoid(), each.snippets()), trial::toString);
          }
        });
  }

  private static boolean isIn(int snippet, Interval interval) {
    return interval.start() <= snippet && snippet < interval.end();
  }

  @ParameterizedTest
  @EnumSource
  void neverCostsMoreThanBefore(FrameDistance distance) {
    forTrials(
        distance,
        trial -> {
          MedoidSearch search = new MedoidSearch(trial.features(), trial.points(), trial.options);
          search.start();
          double before = Double.POSITIVE_INFINITY;
          double room = 1e-9 * (2 * trial.snippets.length + 1); // a tie for each cluster
          boolean changes = true;
          for (int round = 0; changes; round++) {
            assertTrue(round < 50, trial::toString);
            changes = search.assign();
            double assigned = search.cost();
            assertTrue(assigned <= before + room, trial::toString);
            search.updateMedoids();
            before = search.cost();
            assertTrue(before <= assigned + room, trial::toString);
          }
        });
  }

  @Test
  void cosineDoesNotDependOnScale() {
    forTrials(
        FrameDistance.COSINE,
        trial ->
            assertEquals(
                trial.found(),
                new ConstrainedMedoids(trial.options).cluster(trial.scaled(37.25), trial.points()),
                trial::toString));
  }

  @Test
  void doesNotDependOnTheNumbersOfClasses() {
    int[] renamed = {7, 2, 9, 0};
    forTrials(
        FrameDistance.COSINE,
        trial -> {
          int[] labels = Arrays.stream(trial.labels).map(label -> renamed[label]).toArray();
          PseudoActions other =
              new ConstrainedMedoids(trial.options)
                  .cluster(trial.features(), MarkedPoints.of(trial.snippets, labels));
          assertEquals(trial.found().intervals(), other.intervals(), trial::toString);
          assertEquals(trial.found().background(), other.background(), trial::toString);
        });
  }

  @ParameterizedTest
  @EnumSource
  void singlePrecisionGivesTheSame(FrameDistance distance) {
    forTrials(
        distance,
        trial -> {
          double[] wide = trial.flat();
          float[] values = new float[wide.length];
          for (int i = 0; i < wide.length; i++) {
            values[i] = (float) wide[i];
            wide[i] = values[i];
          }
          int width = trial.rows[0].length;
          ConstrainedMedoids medoids = new ConstrainedMedoids(trial.options);
          assertEquals(
              medoids.cluster(FeatureRows.of(wide, width), trial.points()),
              medoids.cluster(FeatureRows.of(values, width), trial.points()),
              trial::toString);
        });
  }

  @Test
  void sumsGoOverWholeRows() {
    for (int width = 1; width <= 40; width++) {
      float[] values = new float[2 * width];
      double[] vector = new double[width];
      double dot = 0;
      double square = 0;
      double norm = 0;
      for (int i = 0; i < width; i++) {
        values[width + i] = i + 1;
        vector[i] = 2 * i - 5;
        dot += (i + 1) * vector[i];
        square += (i + 1 - vector[i]) * (i + 1 - vector[i]);
        norm += (i + 1) * (i + 1);
      }
      double[] wide = IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
      for (FeatureRows rows : List.of(FeatureRows.of(values, width), FeatureRows.of(wide, width))) {
        assertEquals(dot, rows.dot(1, vector));
        assertEquals(square, rows.squaredDistance(1, vector));
        assertEquals(norm, rows.squaredNorm(1));
        double[] sum = new double[width];
        rows.addTo(1, 3, sum);
        assertEquals(3.0 * width, sum[width - 1]);
      }
    }
  }

  @Test
  void withoutPointsThereIsNothing() {
    assertSame(
        PseudoActions.NONE,
        new ConstrainedMedoids(DEFAULTS)
            .cluster(FeatureRows.of(new float[6], 2), MarkedPoints.of(new int[0], new int[0])));
  }

  @Test
  void oneSnippetIsAnAction() {
    PseudoActions found = found(new double[] {3, 4}, 2, 0);
    assertEquals(List.of(new Interval(0, 1)), found.intervals());
    assertEquals(List.of(), found.background());
  }

  /** Equal rows always tie, so that searches choose the first snippet they may. */
  @Test
  void equalRowsAndRowsOfZerosGoToTheFirst() {
    for (double value : new double[] {0, 2.5}) {
      double[] rows = new double[5 * 3];
      Arrays.fill(rows, value);
      PseudoActions found = found(rows, 3, 2);
      assertEquals(List.of(new Interval(1, 3)), found.intervals());
      assertEquals(1, found.actions().get(0).medoid());
      assertEquals(
          List.of(
              new BackgroundInstance(new Interval(0, 1), 0),
              new BackgroundInstance(new Interval(3, 5), 3)),
          found.background());
      assertEquals(2, found.rounds());
    }
  }

  @Test
  void pointsOnTheFirstAndLastSnippetLeaveNoGapThere() {
    double[] rows = {1, 0, 1, 0, 0, 1, 0, 1, 1, 0, 1, 0};
    PseudoActions found = found(rows, 2, 0, 5);
    assertEquals(List.of(new Interval(0, 2), new Interval(4, 6)), found.intervals());
    assertEquals(List.of(new BackgroundInstance(new Interval(2, 4), 2)), found.background());
  }

  /** Five snippets are alike, and one more on each side of the point is as far as it may go. */
  @Test
  void reachesNoFurtherThanAllowed() {
    double[] rows = {9, 9, 9, 1, 1, 1, 1, 1, 9, 9, 9};
    Options near = new Options(Mode.ACTION_BACKGROUND, FrameDistance.EUCLIDEAN, 1, 1, 2, 50);
    Options far = new Options(Mode.ACTION_BACKGROUND, FrameDistance.EUCLIDEAN, 9, 1, 2, 50);
    MarkedPoints point = MarkedPoints.of(new int[] {5}, new int[] {0});
    FeatureRows features = FeatureRows.of(rows, 1);
    assertEquals(
        List.of(new Interval(4, 7)),
        new ConstrainedMedoids(near).cluster(features, point).intervals());
    assertEquals(
        List.of(new Interval(3, 8)),
        new ConstrainedMedoids(far).cluster(features, point).intervals());
  }

  @Test
  void stopsAfterTheRoundsAllowed() {
    SplittableRandom random = new SplittableRandom(SEED);
    boolean differs = false;
    for (int i = 0; i < TRIALS; i++) {
      Trial trial = Trial.of(random, Mode.ACTION_BACKGROUND, FrameDistance.COSINE);
      Options all = trial.options;
      Options one =
          new Options(
              all.mode(),
              all.distance(),
              all.reach(),
              all.leastGapSame(),
              all.leastGapDifferent(),
              1);
      PseudoActions found = new ConstrainedMedoids(one).cluster(trial.features(), trial.points());
      assertEquals(1, found.rounds());
      differs |= !found.intervals().equals(trial.found().intervals());
    }
    assertTrue(differs);
  }

  @Test
  void refusesWhatIsNotFinite() {
    for (double bad : new double[] {Double.NaN, Double.NEGATIVE_INFINITY, 1e200}) {
      for (FrameDistance distance : FrameDistance.values()) {
        Options options = new Options(Mode.SPLIT_ONLY, distance, 1, 1, 1, 50);
        FeatureRows rows = FeatureRows.of(new double[] {1, 2, 3, bad, 5, 6}, 2);
        MarkedPoints points = MarkedPoints.of(new int[] {0}, new int[] {0});
        IllegalArgumentException e =
            assertThrows(
                IllegalArgumentException.class,
                () -> new ConstrainedMedoids(options).cluster(rows, points));
        assertTrue(e.getMessage().contains("row 1 of [3, 2]"), e.getMessage());
      }
    }
  }

  @Test
  void refusesWhatDoesNotFit() {
    FeatureRows rows = FeatureRows.of(new double[] {1, 2, 3}, 1);
    ConstrainedMedoids medoids = new ConstrainedMedoids(DEFAULTS);
    MarkedPoints outside = MarkedPoints.of(new int[] {3}, new int[] {0});
    assertThrows(IllegalArgumentException.class, () -> medoids.cluster(rows, outside));
    assertThrows(IllegalArgumentException.class, () -> FeatureRows.of(new float[5], 2));
    assertThrows(IllegalArgumentException.class, () -> FeatureRows.of(new float[5], 0));
    assertThrows(IllegalArgumentException.class, () -> Options.defaults(-1));
    assertThrows(
        IllegalArgumentException.class,
        () -> new Options(Mode.SPLIT_ONLY, FrameDistance.COSINE, 1, 0, 1, 50));
  }

  private static PseudoActions found(double[] rows, int width, int... snippets) {
    return new ConstrainedMedoids(DEFAULTS)
        .cluster(FeatureRows.of(rows, width), MarkedPoints.of(snippets, new int[snippets.length]));
  }
}
