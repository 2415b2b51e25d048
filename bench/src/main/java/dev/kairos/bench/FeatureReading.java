// SPDX-License-Identifier: Apache-2.0
package dev.kairos.bench;

import dev.kairos.kernels.Philox;
import dev.kairos.kernels.RandomKey;
import dev.kairos.methods.basnet.Basnet;
import dev.kairos.methods.data.Dataset;
import dev.kairos.methods.data.DatasetDescription;
import dev.kairos.methods.data.DatasetWriter;
import dev.kairos.methods.data.FeatureSequence;
import dev.kairos.methods.data.FeatureStream;
import dev.kairos.methods.data.Recording;
import dev.kairos.methods.run.RunFolder;
import dev.kairos.methods.settings.Settings;
import dev.kairos.methods.tal.ActionInstance;
import dev.kairos.methods.tal.Segment;
import dev.kairos.methods.training.Experiment;
import dev.kairos.methods.training.Model;
import dev.kairos.methods.training.Progress;
import dev.kairos.methods.training.Stage;
import dev.kairos.methods.training.TrainingData;
import dev.kairos.methods.training.TrainingLoop;
import dev.kairos.tensor.Engine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Are feature files read at the disk's speed, and does a training wait for them? Reads 200
 * recordings of {@code [1000, 2048]} float32 beside {@code cat} and {@code dd}, with their pages
 * dropped before ("cold") and in the system's cache ("warm"), or times BaS-Net steps on them when
 * none fits into memory, each step read inline or while the one before trains.
 *
 * <pre>
 * FeatureReading DIR read ROUNDS
 * FeatureReading DIR steps ROUNDS key=value...     (settings of basnet)
 * </pre>
 *
 * <p>DIR is written if it is not there. Needs a system with {@code cat} and GNU {@code dd}.
 */
public final class FeatureReading {
  private static final int RECORDINGS = 200;
  private static final int LENGTH = 1000;
  private static final int WIDTH = 2048;
  private static final double MEGABYTES = 4e-6 * RECORDINGS * LENGTH * WIDTH;
  private static final RandomKey KEY = new RandomKey(1, 0);

  private final Dataset dataset;
  private final List<String> files;
  private final Map<String, List<Double>> results = new LinkedHashMap<>();

  private FeatureReading(Path folder, Dataset dataset) {
    this.dataset = dataset;
    this.files =
        dataset.recordings().stream()
            .map(r -> folder.resolve("features").resolve("joint").resolve(r.id() + ".npy"))
            .map(Path::toString)
            .toList();
  }

  /** Something that is timed. */
  @FunctionalInterface
  private interface Work {
    void run() throws Exception;
  }

  /** See above. */
  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[0]);
    if (!Files.exists(folder)) {
      write(folder);
    }
    FeatureReading bench = new FeatureReading(folder, Dataset.open(folder));
    for (int round = 0; round < Integer.parseInt(args[2]); round++) {
      if (args[1].equals("read")) {
        bench.read();
      } else {
        bench.steps(List.of(args).subList(3, args.length));
      }
    }
    bench.results.forEach(
        (name, values) ->
            System.out.printf(Locale.ROOT, "%-34s %8.1f   %s%n", name, median(values), values));
  }

  private static void write(Path folder) throws IOException {
    DatasetDescription description =
        new DatasetDescription(
            "reading", List.of(new FeatureStream("joint", WIDTH)), 25, 16, List.of("a"), "", "");
    List<ActionInstance> actions = List.of(new ActionInstance("a", new Segment(1, 9)));
    List<Recording> recordings = new ArrayList<>();
    for (int i = 0; i < RECORDINGS; i++) {
      recordings.add(new Recording("r" + i, Dataset.TRAIN, 640, actions, List.of()));
    }
    float[] values = new float[LENGTH * WIDTH];
    RandomGenerator random = Philox.generator(KEY);
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat();
    }
    FeatureSequence features = FeatureSequence.of(LENGTH, WIDTH, values);
    DatasetWriter.write(folder, description, recordings, (recording, stream) -> features);
  }

  private void read() throws Exception {
    evict(); // what was just written goes to the disk
    Map<String, Work> works = new LinkedHashMap<>();
    works.put("cat", () -> shell(List.of("cat"), files));
    works.put("dd, a process each", this::dd);
    works.put("whole recordings, kept by none", this::wholes);
    works.put("rows into the same memory", this::rows);
    for (Map.Entry<String, Work> work : works.entrySet()) {
      evict();
      add(work.getKey() + ", cold MB/s", MEGABYTES / seconds(work.getValue()));
      add(work.getKey() + ", warm MB/s", MEGABYTES / seconds(work.getValue()));
    }
  }

  private void wholes() throws IOException {
    for (Recording recording : dataset.recordings()) {
      check(dataset.features(recording).get(LENGTH - 1, WIDTH - 1));
    }
  }

  private void rows() throws IOException {
    int[] all = IntStream.range(0, LENGTH).toArray();
    float[] values = new float[LENGTH * WIDTH];
    for (Recording recording : dataset.recordings()) {
      dataset.copyRows(recording, all, values, 0);
      check(values[values.length - 1]);
    }
  }

  private static void check(float last) {
    if (!(last >= 0 && last < 1)) {
      throw new IllegalStateException("read another value than was written: " + last);
    }
  }

  private void dd() throws Exception {
    for (String file : files) {
      shell(List.of("dd", "bs=1M", "if=" + file), List.of());
    }
  }

  /** Drops the files' pages. */
  private void evict() throws Exception {
    shell(List.of("sync"), files);
    for (String file : files) {
      shell(List.of("dd", "iflag=nocache", "count=0", "if=" + file), List.of());
    }
  }

  private static void shell(List<String> command, List<String> more) throws Exception {
    List<String> words = new ArrayList<>(command);
    words.addAll(more);
    Process process =
        new ProcessBuilder(words)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (process.waitFor() != 0) {
      throw new IllegalStateException("fails: " + command);
    }
  }

  private void steps(List<String> settings) throws Exception {
    for (boolean cold : new boolean[] {false, true}) {
      for (boolean ahead : new boolean[] {false, true}) {
        if (cold) {
          evict();
        } else {
          rows();
        }
        String name = (ahead ? "read ahead" : "read inline") + (cold ? ", cold" : ", warm");
        add(name + " ms/step", 1e3 * (ahead ? ahead(settings) : inline(settings)));
      }
    }
  }

  private Model model(Engine engine, List<String> settings) throws IOException {
    Settings all = Experiment.settings(new Basnet(), dataset.description(), "none", null, settings);
    return new Basnet().model(all, dataset.description(), engine, KEY);
  }

  private TrainingData data() {
    return new TrainingData(dataset, Dataset.TRAIN, 0);
  }

  private double inline(List<String> settings) throws IOException {
    try (Engine engine = Engine.open("cpu", Runtime.getRuntime().availableProcessors())) {
      Stage stage = model(engine, settings).stages(data()).get(0);
      List<Double> seconds = new ArrayList<>();
      for (long step = 0; step < stage.steps(); step++) {
        long number = step;
        seconds.add(seconds(() -> stage.step(number)));
      }
      return later(seconds);
    }
  }

  private double ahead(List<String> settings) throws IOException {
    Path out = Files.createTempDirectory("reading");
    try (Engine engine = Engine.open("cpu", Runtime.getRuntime().availableProcessors())) {
      Model model = model(engine, settings);
      List<Double> seconds = new ArrayList<>();
      long[] last = {System.nanoTime()};
      Progress progress =
          new Progress() {
            @Override
            public void start(String task, long total) {}

            @Override
            public void step(long done, double loss) {
              long now = System.nanoTime();
              seconds.add((now - last[0]) * 1e-9);
              last[0] = now;
            }

            @Override
            public void note(String message) {}

            @Override
            public void finish() {}
          };
      RunFolder folder = RunFolder.create(out.resolve("run"), "");
      TrainingLoop.Options options =
          new TrainingLoop.Options(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, () -> false);
      new TrainingLoop(folder, model.parameters(), options, progress).run(model.stages(data()));
      return later(seconds);
    } finally {
      try (var paths = Files.walk(out)) {
        for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
  }

  /** The median of the later half: the first steps run while the JVM compiles. */
  private static double later(List<Double> seconds) {
    return median(seconds.subList(seconds.size() / 2, seconds.size()));
  }

  private static double seconds(Work work) {
    long from = System.nanoTime();
    try {
      work.run();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
    return (System.nanoTime() - from) * 1e-9;
  }

  private void add(String name, double value) {
    results.computeIfAbsent(name, n -> new ArrayList<>()).add(Math.round(value * 10) / 10.0);
  }

  private static double median(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
