// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.generate;

import dev.kairos.methods.data.DatasetDescription;
import dev.kairos.methods.data.DatasetWriter;
import dev.kairos.methods.data.FeatureSequence;
import dev.kairos.methods.data.FeatureStream;
import dev.kairos.methods.data.PointLabel;
import dev.kairos.methods.data.Recording;
import dev.kairos.methods.points.DrawnPoints;
import dev.kairos.methods.points.PointRule;
import dev.kairos.methods.tal.ActionInstance;
import dev.kairos.methods.tal.Segment;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Generates artificial two-stream features that resemble THUMOS14: recordings of one or two classes
 * with several short actions between long stretches of background. Each class has a pattern in each
 * stream, background scenes have theirs, and {@code rgb} gives an action away a little before it
 * begins.
 *
 * <p>Everything follows from the seed: a recording does not depend on how many others there are
 * before it.
 */
public final class ThumosLikeGenerator {
  private static final double FPS = 25;
  private static final double STRIDE = 16;
  private static final double MIN_ACTION = 3;
  private static final double MAX_ACTION = 12;
  private static final double MIN_GAP = 3;
  private static final double MAX_ACTION_SHARE = 0.4;
  private static final double SECOND_CLASS_SHARE = 0.3;

  private final ThumosLikeOptions options;
  private final DatasetDescription description;
  private final List<Recording> recordings = new ArrayList<>();
  private final ThumosLikeAppearance appearance;

  /** Lays out all recordings; features are computed when asked for. */
  public ThumosLikeGenerator(ThumosLikeOptions options) {
    this.options = options;
    this.description = describe(options);
    this.appearance =
        new ThumosLikeAppearance(options.seed(), options.noise(), options.variation(), description);
    addRecordings("train", options.trainRecordings());
    addRecordings("test", options.testRecordings());
  }

  /** Writes a whole data set, see {@link DatasetWriter}. */
  public static void write(Path folder, ThumosLikeOptions options) throws IOException {
    DatasetWriter.requireUnused(folder);
    ThumosLikeGenerator generator = new ThumosLikeGenerator(options);
    DatasetWriter.write(folder, generator.description, generator.recordings, generator::features);
  }

  /** The same with points of another rule; features and segments do not change with it. */
  public static void write(Path folder, ThumosLikeOptions options, PointRule rule)
      throws IOException {
    DatasetWriter.requireUnused(folder);
    ThumosLikeGenerator generator = new ThumosLikeGenerator(options);
    DrawnPoints points = new DrawnPoints(rule, options.seed());
    DatasetWriter.write(
        folder,
        generator.description.withPointSource(points.source()),
        generator.recordings.stream().map(points::label).toList(),
        generator::features);
  }

  private static DatasetDescription describe(ThumosLikeOptions options) {
    List<String> classes = new ArrayList<>();
    for (int c = 0; c < options.classes(); c++) {
      classes.add(String.format(Locale.ROOT, "Action%02d", c));
    }
    var description =
        new DatasetDescription(
            "thumos-like",
            List.of(
                new FeatureStream("rgb", options.rgbWidth()),
                new FeatureStream("flow", options.flowWidth())),
            FPS,
            STRIDE,
            classes,
            "Artificial features made from seed " + options.seed() + ".",
            "made by kairos make-dataset thumos-like");
    return description.withPointSource("uniform in the middle 60 %, seed " + options.seed());
  }

  /** The description of the data set. */
  public DatasetDescription description() {
    return description;
  }

  /** All recordings with instances and points, those to train on first. */
  public List<Recording> recordings() {
    return List.copyOf(recordings);
  }

  /** The features {@code [T, D]} of one recording of this data set in one stream. */
  public FeatureSequence features(Recording recording, FeatureStream stream) {
    return appearance.features(recording, stream);
  }

  private void addRecordings(String subset, int count) {
    int[] order = new KeyedRandom(options.seed(), "classes of " + subset).permutation(classes());
    for (int i = 0; i < count; i++) {
      String id = String.format(Locale.ROOT, "%s_%05d", subset, i + 1);
      recordings.add(layOut(id, subset, order[i % classes()]));
    }
  }

  private int classes() {
    return options.classes();
  }

  /** Chooses length, classes and places of the actions of one recording. */
  private Recording layOut(String id, String subset, int mainClass) {
    KeyedRandom random = new KeyedRandom(options.seed(), "layout of " + id);
    int length = random.integer(options.minLength(), options.maxLength());
    boolean two = random.uniform(0, 1) < SECOND_CLASS_SHARE;
    int otherClass = (mainClass + random.integer(1, classes() - 1)) % classes();
    List<Double> lengths = actionLengths(random, length, two ? 2 : 1);
    double[] gaps = gaps(random, length, lengths);
    List<ActionInstance> instances = new ArrayList<>();
    List<PointLabel> points = new ArrayList<>();
    double at = 0;
    for (int i = 0; i < lengths.size(); i++) {
      at += gaps[i];
      boolean other = two && (i == 1 || (i > 1 && random.uniform(0, 1) < 0.5));
      String label = description.classes().get(other ? otherClass : mainClass);
      Segment segment = new Segment(seconds(at), seconds(at + lengths.get(i)));
      instances.add(new ActionInstance(label, segment));
      double within = random.uniform(0.2, 0.8);
      points.add(new PointLabel(label, rounded(segment.start() + within * segment.length())));
      at += lengths.get(i);
    }
    return new Recording(id, subset, seconds(length), instances, points);
  }

  /** Lengths in snippets of two to six actions, or of as many as leave enough background. */
  private static List<Double> actionLengths(KeyedRandom random, int length, int atLeast) {
    int wanted = random.integer(2, 6);
    List<Double> lengths = new ArrayList<>();
    double total = 0;
    for (int i = 0; i < wanted; i++) {
      double next = MIN_ACTION * StrictMath.pow(MAX_ACTION / MIN_ACTION, random.uniform(0, 1));
      if (i >= atLeast && total + next > MAX_ACTION_SHARE * length) {
        break;
      }
      double capped = Math.min(next, MAX_ACTION_SHARE * length / atLeast);
      lengths.add(capped);
      total += capped;
    }
    return lengths;
  }

  /** Background before each action; what is left over follows the last. */
  private static double[] gaps(KeyedRandom random, int length, List<Double> actions) {
    int n = actions.size() + 1;
    double free = length - actions.stream().mapToDouble(Double::doubleValue).sum();
    double least = Math.min(MIN_GAP, free / n);
    double[] gaps = new double[n];
    double sum = 0;
    for (int i = 0; i < n; i++) {
      gaps[i] = -StrictMath.log(1 - random.uniform(0, 1));
      sum += gaps[i];
    }
    for (int i = 0; i < n; i++) {
      gaps[i] = least + (free - least * n) * gaps[i] / sum;
    }
    return gaps;
  }

  private static double seconds(double snippets) {
    return rounded(snippets * STRIDE / FPS);
  }

  /** To hundredths of a second, as people annotate. */
  private static double rounded(double seconds) {
    return Math.rint(seconds * 100) / 100;
  }
}
