// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.sbhar;

import dev.kairos.methods.data.DatasetDescription;
import dev.kairos.methods.data.DatasetWriter;
import dev.kairos.methods.data.FeatureSequence;
import dev.kairos.methods.data.FeatureStream;
import dev.kairos.methods.data.Recording;
import dev.kairos.methods.data.Standardisation;
import dev.kairos.methods.files.NearestName;
import dev.kairos.methods.files.Shown;
import dev.kairos.methods.files.UserFile;
import dev.kairos.methods.points.DrawnPoints;
import dev.kairos.tensor.io.DataFormatException;
import dev.kairos.tensor.io.NpyArray;
import dev.kairos.tensor.io.Npz;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Turns SBHAR, real recordings of a waist-worn phone's accelerometer and gyroscope at 50 Hz, into a
 * data folder with two streams.
 *
 * <p>A clip from {@code start} to {@code end} seconds holds the samples {@code [a, b)} of its
 * recording, {@code a = round(50 start)}, {@code b = round(50 end)}, halves rounded up. It has
 * {@code T = floor((b - a) / 25)} snippets of half a second. Snippet i lies around sample {@code a
 * + 25 i + 12}, and its window of 128 samples begins 64 samples before that one. Windows read past
 * the clip into the recording; where the recording ends, its outermost sample is repeated. The
 * values of a window are those of {@code WindowFeatures}; each is standardised with mean and
 * standard deviation (population, plus 1e-6) of all snippets of the training clips.
 *
 * <p>Data: J.-L. Reyes-Ortiz et al., Transition-Aware Human Activity Recognition Using Smartphones,
 * Neurocomputing 171, 2016.
 */
public final class SbharConverter {
  private static final int RATE = 50;
  private static final int STRIDE = 25;
  private static final int CENTRE = 12;
  private static final double ROUNDING = 1e-6;
  private static final String OWN_POINTS = "clips.json of the data set";
  private static final List<String> SENSORS = List.of("acc", "gyro");

  private final Path raw;
  private final List<SbharClips.Clip> clips;

  /** Values {@code [T, 84]} row by row, by sensor and then clip id. */
  private final Map<String, Map<String, double[]>> values = new LinkedHashMap<>();

  private SbharConverter(Path raw, List<SbharClips.Clip> clips) {
    this.raw = raw;
    this.clips = clips;
    SENSORS.forEach(sensor -> values.put(sensor, new LinkedHashMap<>()));
  }

  /**
   * Writes the data folder, with the points that {@code clips.json} has.
   *
   * @param raw the folder with {@code clips.json} and {@code recordings/<recording>.npz}
   * @param out the folder to make, see {@link DatasetWriter}
   * @param background classes whose time counts as background: they leave the class list, the
   *     annotations and the points. Training clips without a label are left out, test clips kept.
   * @throws DataFormatException if a raw file is missing or not as expected, or a background class
   *     is unknown; nothing is written then
   */
  public static void convert(Path raw, Path out, Set<String> background) throws IOException {
    convert(raw, out, background, null);
  }

  /**
   * The same with drawn points.
   *
   * @param points one for each action instead of those in {@code clips.json}, which null keeps
   */
  public static void convert(
      Path raw, Path out, Set<String> background, @Nullable DrawnPoints points) throws IOException {
    DatasetWriter.requireUnused(out);
    Path clipFile = raw.resolve("clips.json");
    SbharClips all = SbharClips.read(clipFile);
    requireKnown(clipFile, all.classes(), background);
    List<SbharClips.Clip> kept =
        all.clips().stream()
            .map(clip -> clip.without(background))
            .filter(SbharConverter::isUsable)
            .map(clip -> points == null ? clip : clip.with(points.label(clip.recording())))
            .toList();
    if (kept.stream().noneMatch(SbharConverter::isTraining)) {
      throw DataFormatException.of(
          "KDATA-151", clipFile, "no training clip has a label left", "name fewer as background");
    }
    SbharConverter converter = new SbharConverter(raw, kept);
    converter.compute();
    SENSORS.forEach(converter::standardise);
    DatasetWriter.write(
        out,
        describe(all, background, all.clips().size() - kept.size())
            .withPointSource(points == null ? OWN_POINTS : points.source()),
        kept.stream().map(SbharClips.Clip::recording).toList(),
        converter::features);
  }

  private static DatasetDescription describe(SbharClips all, Set<String> background, int dropped) {
    return new DatasetDescription(
        "sbhar",
        SENSORS.stream().map(s -> new FeatureStream(s, WindowFeatures.WIDTH)).toList(),
        RATE,
        STRIDE,
        all.classes().stream().filter(label -> !background.contains(label)).toList(),
        notes(background, dropped),
        "Smartphone-Based Recognition of Human Activities and Postural Transitions, v2.1"
            + " (Reyes-Ortiz et al.), cut into clips; for non-commercial research");
  }

  private static void requireKnown(Path file, List<String> classes, Set<String> background) {
    for (String label : background) {
      if (!classes.contains(label)) {
        throw DataFormatException.of(
            "KDATA-114",
            file,
            "background class '" + Shown.of(label) + "' is not a class",
            NearestName.advice(label, classes, "classes: " + String.join(", ", classes)));
      }
    }
    if (background.containsAll(classes)) {
      throw DataFormatException.of(
          "KDATA-114", file, "every class is to be background", "leave at least one class");
    }
  }

  private static boolean isUsable(SbharClips.Clip clip) {
    return !clip.recording().labels().isEmpty() || !isTraining(clip);
  }

  private static boolean isTraining(SbharClips.Clip clip) {
    return clip.recording().subset().equals(SbharClips.TRAIN);
  }

  private static String notes(Set<String> background, int dropped) {
    String notes =
        "Window of 128 samples at 50 Hz, stride 25. Per sensor the channels x, y, z, magnitude; per"
            + " channel mean, sd, min, max, last - first, log(1 + |FFT|) of bins 1-16 (Hann)."
            + " Standardised on the training clips.";
    if (background.isEmpty()) {
      return notes;
    }
    String names = background.stream().sorted().collect(Collectors.joining(", "));
    return notes
        + " Counted as background: "
        + names
        + ". Training clips left without a label are dropped ("
        + dropped
        + "), test clips without a label are kept.";
  }

  private void compute() throws IOException {
    Map<String, List<SbharClips.Clip>> bySource =
        clips.stream()
            .collect(
                Collectors.groupingBy(
                    SbharClips.Clip::source, LinkedHashMap::new, Collectors.toList()));
    WindowFeatures window = new WindowFeatures();
    for (Map.Entry<String, List<SbharClips.Clip>> source : bySource.entrySet()) {
      Path file = raw.resolve("recordings").resolve(source.getKey() + ".npz");
      Map<String, double[]> signals = signals(file);
      for (SbharClips.Clip clip : source.getValue()) {
        for (String sensor : SENSORS) {
          double[] signal = signals.getOrDefault(sensor, new double[0]);
          valuesOf(sensor).put(clip.recording().id(), snippets(file, clip, signal, window));
        }
      }
    }
  }

  private Map<String, double[]> valuesOf(String sensor) {
    return values.computeIfAbsent(sensor, s -> new LinkedHashMap<>());
  }

  private static Map<String, double[]> signals(Path file) throws IOException {
    UserFile.require(file, "KDATA-151", "clips.json names this recording");
    Map<String, NpyArray> arrays = Npz.read(file);
    Map<String, double[]> signals = new LinkedHashMap<>();
    for (String sensor : SENSORS) {
      NpyArray array = arrays.get(sensor);
      if (array == null) {
        throw DataFormatException.of(
            "KDATA-151", file, "has no array '" + sensor + "', found " + arrays.keySet());
      }
      int[] shape = array.shape();
      if (shape.length != 2 || shape[1] != 3 || shape[0] < 1) {
        throw DataFormatException.of(
            "KDATA-151",
            file,
            "'" + sensor + "': expected [N, 3], found shape " + Arrays.toString(shape));
      }
      if (!array.type().isFloating()) {
        throw DataFormatException.of(
            "KDATA-151",
            file,
            "'" + sensor + "': expected floating point numbers, found " + array.type());
      }
      signals.put(sensor, requireFinite(file, sensor, array.toDoubles()));
    }
    requireSameLength(file, signals);
    return signals;
  }

  private static void requireSameLength(Path file, Map<String, double[]> signals) {
    if (signals.values().stream().mapToInt(signal -> signal.length).distinct().count() > 1) {
      String lengths =
          signals.entrySet().stream()
              .map(signal -> signal.getKey() + " " + signal.getValue().length / 3)
              .collect(Collectors.joining(", "));
      throw DataFormatException.of(
          "KDATA-151", file, "the sensors must have equally many samples: " + lengths);
    }
  }

  private static double[] requireFinite(Path file, String sensor, double[] signal) {
    for (int i = 0; i < signal.length; i++) {
      if (!Double.isFinite(signal[i])) {
        throw DataFormatException.of(
            "KDATA-151",
            file,
            "'%s': row %d, column %d is %s, expected a finite number"
                .formatted(sensor, i / 3, i % 3, signal[i]));
      }
    }
    return signal;
  }

  private static double[] snippets(
      Path file, SbharClips.Clip clip, double[] signal, WindowFeatures window) {
    int samples = signal.length / 3;
    double first = sampleAt(clip.start());
    double end = sampleAt(clip.end());
    if (end > samples || end - first < STRIDE) {
      throw DataFormatException.of(
          "KDATA-151",
          file,
          "clip '%s' needs samples [%.0f, %.0f), at least %d of them; the recording has %d"
              .formatted(clip.recording().id(), first, end, STRIDE, samples));
    }
    int length = (int) (end - first) / STRIDE;
    double[] rows = new double[length * WindowFeatures.WIDTH];
    for (int i = 0; i < length; i++) {
      int centre = (int) first + STRIDE * i + CENTRE;
      window.compute(signal, centre, rows, i * WindowFeatures.WIDTH);
    }
    return rows;
  }

  /** Halves go up, also where the product with 50 falls just short of a half. */
  private static double sampleAt(double seconds) {
    return Math.floor(seconds * RATE + 0.5 + ROUNDING);
  }

  private void standardise(String sensor) {
    Map<String, double[]> clipValues = valuesOf(sensor);
    List<double[]> training = new ArrayList<>();
    for (SbharClips.Clip clip : clips) {
      double[] rows = clipValues.get(clip.recording().id());
      if (rows != null && isTraining(clip)) {
        training.add(rows);
      }
    }
    Standardisation columns = Standardisation.of(training, WindowFeatures.WIDTH);
    clipValues.values().forEach(columns::apply);
  }

  private FeatureSequence features(Recording recording, FeatureStream stream) {
    double[] rows = valuesOf(stream.name()).get(recording.id());
    if (rows == null) {
      throw new IllegalStateException("no values for clip " + recording.id());
    }
    float[] rounded = new float[rows.length];
    for (int i = 0; i < rows.length; i++) {
      rounded[i] = (float) rows[i];
    }
    return FeatureSequence.of(rows.length / stream.width(), stream.width(), rounded);
  }
}
