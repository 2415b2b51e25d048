// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.generate;

import dev.kairos.methods.data.DatasetDescription;
import dev.kairos.methods.data.FeatureSequence;
import dev.kairos.methods.data.FeatureStream;
import dev.kairos.methods.data.Recording;
import dev.kairos.methods.tal.ActionInstance;
import dev.kairos.methods.tal.SnippetGrid;

/**
 * How artificial actions and background look: non-negative features, a sixth of the columns lit by
 * each pattern.
 *
 * <ul>
 *   <li>Each class has a pattern of its own in each stream. Classes 2k and 2k + 1 share half of it
 *       in {@code rgb}, classes 2k + 1 and 2k + 2 in {@code flow}, so that only both streams
 *       together tell all classes apart. In each recording the pattern is a little different.
 *   <li>Each recording drifts between two of four background scenes. An action hides half of the
 *       scene, so background has an appearance that actions lack.
 *   <li>The snippets around an action show a third of its pattern in {@code rgb}: the place gives
 *       the action away before it begins. In {@code flow} the camera moves now and then instead.
 * </ul>
 */
final class ThumosLikeAppearance {
  private static final int SCENES = 4;
  private static final double LIT_SHARE = 1 / 6.0;
  private static final double SCENE_BEHIND_ACTION = 0.5;
  private static final double CONTEXT_SNIPPETS = 4;
  private static final double CONTEXT_STRENGTH = 0.33;
  private static final double CAMERA_MOVES_SHARE = 0.1;

  private final long seed;
  private final double noise;
  private final double variation;
  private final DatasetDescription description;

  /**
   * How the classes and streams of a data set look.
   *
   * @param noise standard deviation of what is added to every value
   * @param variation how much an action looks different from one recording to the next, 0 to 1
   */
  ThumosLikeAppearance(long seed, double noise, double variation, DatasetDescription description) {
    this.seed = seed;
    this.noise = noise;
    this.variation = variation;
    this.description = description;
  }

  /** One stream of one recording {@code [T, D]}. */
  FeatureSequence features(Recording recording, FeatureStream stream) {
    SnippetGrid unit = new SnippetGrid(description.fps(), description.stride(), 1);
    int length = (int) Math.rint(recording.duration() / unit.secondsPerSnippet());
    SnippetGrid grid = new SnippetGrid(description.fps(), description.stride(), length);
    KeyedRandom random =
        new KeyedRandom(seed, "features of " + recording.id() + " in " + stream.name());
    double[][] rows = new double[length][stream.width()];
    double[] visible = addActions(rows, recording, stream, grid, random);
    addScenes(rows, recording, stream, visible, random);
    if (stream.name().equals("flow")) {
      addCameraMoves(rows, stream, random);
    }
    return withNoise(rows, stream, random);
  }

  /** Adds every action; returns how much of each snippet is action, {@code [T]} in [0, 1]. */
  private double[] addActions(
      double[][] rows,
      Recording recording,
      FeatureStream stream,
      SnippetGrid grid,
      KeyedRandom random) {
    double[] visible = new double[rows.length];
    for (ActionInstance instance : recording.instances()) {
      double[] pattern =
          varied(classPattern(instance.label(), stream), recording, instance, stream);
      double strength = random.uniform(0.75, 1.25);
      for (int t = 0; t < rows.length; t++) {
        double covered = coverage(instance, grid, t);
        double context = stream.name().equals("rgb") ? context(instance, grid, t) : 0;
        double modulation = 1 + 0.15 * random.gaussian();
        add(rows[t], pattern, strength * modulation * Math.max(covered, context));
        visible[t] = Math.min(1, visible[t] + covered);
      }
    }
    return visible;
  }

  /** The share of a snippet that lies inside the action. */
  private static double coverage(ActionInstance instance, SnippetGrid grid, int t) {
    double from = Math.max(instance.segment().start(), grid.seconds(t));
    double to = Math.min(instance.segment().end(), grid.seconds(t + 1));
    return Math.max(0, to - from) / grid.secondsPerSnippet();
  }

  private static double context(ActionInstance instance, SnippetGrid grid, int t) {
    double centre = grid.centre(t);
    double outside =
        Math.max(instance.segment().start() - centre, centre - instance.segment().end());
    double fade = 1 - Math.max(0, outside) / (CONTEXT_SNIPPETS * grid.secondsPerSnippet());
    return CONTEXT_STRENGTH * Math.max(0, fade);
  }

  private void addScenes(
      double[][] rows,
      Recording recording,
      FeatureStream stream,
      double[] visible,
      KeyedRandom random) {
    // The scenes belong to the recording: both streams see the same place.
    KeyedRandom place = new KeyedRandom(seed, "scenes of " + recording.id());
    int first = place.integer(0, SCENES - 1);
    int second = (first + place.integer(1, SCENES - 1)) % SCENES;
    double period = place.uniform(40, 120);
    double phase = place.uniform(0, 1);
    double[] here = pattern("scene " + first, stream);
    double[] there = pattern("scene " + second, stream);
    for (int t = 0; t < rows.length; t++) {
      double share = 0.5 + 0.5 * StrictMath.sin(2 * Math.PI * (t / period + phase));
      double strength = 1 - (1 - SCENE_BEHIND_ACTION) * visible[t] + 0.1 * random.gaussian();
      add(rows[t], here, strength * share);
      add(rows[t], there, strength * (1 - share));
    }
  }

  private void addCameraMoves(double[][] rows, FeatureStream stream, KeyedRandom random) {
    double[] move = pattern("camera", stream);
    for (double[] row : rows) {
      double moves = random.uniform(0, 1);
      double strength = random.uniform(0.5, 1);
      if (moves < CAMERA_MOVES_SHARE) {
        add(row, move, strength);
      }
    }
  }

  private FeatureSequence withNoise(double[][] rows, FeatureStream stream, KeyedRandom random) {
    float[] values = new float[Math.multiplyExact(rows.length, stream.width())];
    int at = 0;
    for (double[] row : rows) {
      for (double value : row) {
        values[at++] = (float) Math.max(0, value + noise * random.gaussian());
      }
    }
    return FeatureSequence.of(rows.length, stream.width(), values);
  }

  private double[] classPattern(String label, FeatureStream stream) {
    int index = description.classes().indexOf(label);
    if (index < 0) {
      throw new IllegalArgumentException("no class '" + label + "' in this data set");
    }
    int pair = (stream.name().equals("rgb") ? index : index + 1) / 2;
    double[] joint = new double[stream.width()];
    add(joint, pattern("class " + index, stream), 0.7);
    add(joint, pattern("pair " + pair, stream), 0.7);
    return joint;
  }

  /** A sixth of the columns with values in [1, 2), the rest 0. */
  private double[] pattern(String name, FeatureStream stream) {
    KeyedRandom random = new KeyedRandom(seed, name + " in " + stream.name());
    int[] order = random.permutation(stream.width());
    double[] pattern = new double[stream.width()];
    for (int i = 0; i < Math.max(2, (int) (LIT_SHARE * stream.width())); i++) {
      pattern[order[i]] = random.uniform(1, 2);
    }
    return pattern;
  }

  /** How the class looks in this one recording: the same for all its instances. */
  private double[] varied(
      double[] pattern, Recording recording, ActionInstance instance, FeatureStream stream) {
    KeyedRandom random =
        new KeyedRandom(
            seed, instance.label() + " as in " + recording.id() + " in " + stream.name());
    double[] varied = new double[pattern.length];
    for (int d = 0; d < varied.length; d++) {
      double scale = pattern[d] > 0 ? pattern[d] : 0.3;
      varied[d] = pattern[d] + variation * scale * random.gaussian();
    }
    return varied;
  }

  private static void add(double[] row, double[] pattern, double strength) {
    if (strength == 0) { // most snippets of most actions
      return;
    }
    for (int d = 0; d < row.length; d++) {
      row[d] += strength * pattern[d];
    }
  }
}
