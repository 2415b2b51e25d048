// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.salads;

import dev.kairos.methods.data.Dataset;
import dev.kairos.methods.data.DatasetDescription;
import dev.kairos.methods.data.DatasetWriter;
import dev.kairos.methods.data.FeatureSequence;
import dev.kairos.methods.data.FeatureStream;
import dev.kairos.methods.data.Recording;
import dev.kairos.methods.data.Standardisation;
import dev.kairos.methods.files.Shown;
import dev.kairos.methods.files.UserFile;
import dev.kairos.methods.points.DrawnPoints;
import dev.kairos.methods.tal.ActionInstance;
import dev.kairos.methods.tal.Segment;
import dev.kairos.tensor.io.DataFormatException;
import dev.kairos.tensor.io.NpyArray;
import dev.kairos.tensor.io.Npz;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Turns 50 Salads, real cooking videos seen through the scores of a classifier, into a data folder
 * with two streams. A snippet is one second.
 *
 * <p>Stream {@code scores} is the decision values of a linear SVM, background first, then the
 * classes; stream {@code change} is each row of them less the one before it in the video, and zero
 * in the video's first row. Both are standardised on the training clips. The values of a video come
 * from a classifier that was trained on other videos with all their segments: they stand for the
 * features of a network that knows the domain.
 *
 * <p>Nearly every video shows nearly every class, so that the labels of a whole video say nothing.
 * Videos are therefore cut into clips of 60 to 90 s, through as few actions as possible; an action
 * that is cut counts in both clips. Those of one fold are to test on, those of the others to learn
 * from. 50 Salads has no point labels: they are drawn from the actions of the clips.
 *
 * <p>Data: S. Stein, S. J. McKenna, Combining Embedded Accelerometers with Computer Vision for
 * Recognizing Food Preparation Activities, UbiComp 2013. Scores: C. Lea et al., Temporal
 * Convolutional Networks for Action Segmentation and Detection, CVPR 2017.
 */
public final class SaladsConverter {
  /** The fold to test on where none is named. */
  public static final int FIRST_FOLD = 1;

  private static final String SCORES = "scores";
  private static final String CHANGE = "change";
  private static final String ANNOTATIONS = "annotations.json";
  private static final String ARRAYS = "svm_scores.npz";

  private final int width;

  /** Values {@code [T, D]} row by row, by stream and then clip id. */
  private final Map<String, Map<String, double[]>> values = new LinkedHashMap<>();

  private final List<Recording> clips = new ArrayList<>();

  private SaladsConverter(int width) {
    this.width = width;
    values.put(SCORES, new LinkedHashMap<>());
    values.put(CHANGE, new LinkedHashMap<>());
  }

  /**
   * Writes the data folder.
   *
   * @param raw the folder with {@code annotations.json} and {@code svm_scores.npz}
   * @param out the folder to make, see {@link DatasetWriter}
   * @param testFold the number of the fold to test on, such as {@value #FIRST_FOLD}
   * @param points how the points of the clips are drawn
   * @throws DataFormatException if a raw file is missing or not as expected, or there is no such
   *     fold or no other one; nothing is written then
   */
  public static void convert(Path raw, Path out, int testFold, DrawnPoints points)
      throws IOException {
    DatasetWriter.requireUnused(out);
    Path annotations = raw.resolve(ANNOTATIONS);
    UserFile.require(annotations, "KDATA-151", "the raw folder needs it and " + ARRAYS);
    SaladsVideos all = SaladsVideos.read(annotations);
    String test = "fold" + testFold;
    requireFold(annotations, all.videos(), test);
    Path file = raw.resolve(ARRAYS);
    UserFile.require(file, "KDATA-151", "the raw folder needs it and " + ANNOTATIONS);
    Map<String, NpyArray> arrays = Npz.read(file);
    SaladsConverter converter = new SaladsConverter(all.classes().size() + 1);
    for (Recording video : all.videos()) {
      String subset = video.subset().equals(test) ? Dataset.TEST : Dataset.TRAIN;
      converter.cut(video, subset, converter.scores(file, arrays, video));
    }
    converter.standardise();
    DatasetWriter.write(
        out,
        converter.describe(all.classes(), testFold).withPointSource(points.source()),
        converter.clips.stream().map(points::label).toList(),
        converter::features);
  }

  private static void requireFold(Path file, List<Recording> videos, String test) {
    Set<String> folds =
        videos.stream().map(Recording::subset).collect(Collectors.toCollection(TreeSet::new));
    if (!folds.contains(test) || folds.size() < 2) {
      throw DataFormatException.of(
          "KDATA-151",
          file,
          "needs videos of subset '" + test + "' and of another, found " + Shown.some(folds),
          "name one of the folds there are, such as --fold " + FIRST_FOLD);
    }
  }

  /** The decision values of a video, {@code [T, classes + 1]} row by row. */
  private double[] scores(Path file, Map<String, NpyArray> arrays, Recording video) {
    String id = Shown.of(video.id());
    NpyArray array = arrays.get(video.id());
    if (array == null) {
      throw DataFormatException.of(
          "KDATA-151", file, "has no array '" + id + "', which " + ANNOTATIONS + " names");
    }
    int seconds = (int) video.duration();
    int[] shape = array.shape();
    if (shape.length != 2 || shape[0] != seconds || shape[1] != width) {
      throw DataFormatException.of(
          "KDATA-151",
          file,
          "'%s': expected [%d, %d], a row a second and a column for the background and each class, found %s"
              .formatted(id, seconds, width, Arrays.toString(shape)));
    }
    if (!array.type().isFloating()) {
      throw DataFormatException.of(
          "KDATA-151",
          file,
          "'" + id + "': expected floating point numbers, found " + array.type());
    }
    double[] scores = array.toDoubles();
    for (int i = 0; i < scores.length; i++) {
      if (!Double.isFinite(scores[i])) {
        throw DataFormatException.of(
            "KDATA-151",
            file,
            "'%s': row %d, column %d is %s, expected a finite number"
                .formatted(id, i / width, i % width, scores[i]));
      }
    }
    return scores;
  }

  private void cut(Recording video, String subset, double[] scores) {
    double[] change = new double[scores.length];
    for (int i = width; i < scores.length; i++) {
      change[i] = scores[i] - scores[i - width];
    }
    List<Segment> actions = video.instances().stream().map(ActionInstance::segment).toList();
    List<Integer> borders = ClipBorders.of((int) video.duration(), actions);
    for (int k = 0; k + 1 < borders.size(); k++) {
      int from = borders.get(k);
      int to = borders.get(k + 1);
      String id = video.id() + String.format(Locale.ROOT, "_c%02d", k);
      clips.add(new Recording(id, subset, to - from, within(video, from, to), List.of()));
      valuesOf(SCORES).put(id, Arrays.copyOfRange(scores, from * width, to * width));
      valuesOf(CHANGE).put(id, Arrays.copyOfRange(change, from * width, to * width));
    }
  }

  private Map<String, double[]> valuesOf(String stream) {
    return values.computeIfAbsent(stream, s -> new LinkedHashMap<>());
  }

  /** What of the video's actions lies between two borders, in seconds from the first. */
  private static List<ActionInstance> within(Recording video, int from, int to) {
    List<ActionInstance> inside = new ArrayList<>();
    for (ActionInstance action : video.instances()) {
      double start = Math.max(from, action.segment().start());
      double end = Math.min(to, action.segment().end());
      if (start < end) {
        inside.add(new ActionInstance(action.label(), new Segment(start - from, end - from)));
      }
    }
    return inside;
  }

  private void standardise() {
    for (Map<String, double[]> stream : values.values()) {
      List<double[]> training = new ArrayList<>();
      for (Recording clip : clips) {
        double[] rows = stream.get(clip.id());
        if (rows != null && clip.subset().equals(Dataset.TRAIN)) {
          training.add(rows);
        }
      }
      Standardisation columns = Standardisation.of(training, width);
      stream.values().forEach(columns::apply);
    }
  }

  private DatasetDescription describe(List<String> classes, int testFold) {
    return new DatasetDescription(
        "50salads",
        values.keySet().stream().map(stream -> new FeatureStream(stream, width)).toList(),
        1,
        1,
        classes,
        "A row a second. Stream scores: decision values of a linear SVM for background and the"
            + " classes in order, from a classifier trained on other videos; stream change: each"
            + " row less the one before it in the video. Standardised on the training clips."
            + " Videos cut into clips of 60 to 90 s through as few actions as possible; a cut"
            + " action counts in both clips. Test: fold "
            + testFold
            + ".",
        "50 Salads (Stein and McKenna), CC BY-NC-SA 4.0, non-commercial; mid-level actions, scores"
            + " of Lea et al., CVPR 2017");
  }

  private FeatureSequence features(Recording clip, FeatureStream stream) {
    double[] rows = valuesOf(stream.name()).get(clip.id());
    if (rows == null) {
      throw new IllegalStateException("no values for clip " + clip.id());
    }
    float[] rounded = new float[rows.length];
    for (int i = 0; i < rows.length; i++) {
      rounded[i] = (float) rows[i];
    }
    return FeatureSequence.of(rows.length / width, width, rounded);
  }
}
