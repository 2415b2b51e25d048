// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.apn;

import dev.kairos.methods.data.Dataset;
import dev.kairos.methods.data.DatasetWriter;
import dev.kairos.methods.data.FeatureSequence;
import dev.kairos.methods.data.Recording;
import dev.kairos.methods.generate.ThumosLikeGenerator;
import dev.kairos.methods.generate.ThumosLikeOptions;
import dev.kairos.methods.run.RunFolder;
import dev.kairos.methods.settings.Settings;
import dev.kairos.methods.training.Experiment;
import dev.kairos.methods.training.Progress;
import dev.kairos.methods.training.TrainingData;
import dev.kairos.methods.training.TrainingLoop;
import dev.kairos.tensor.Engine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** Small data sets with points, and trainings on them that take a second or two. */
final class PointData {
  private static final ThumosLikeOptions SIZE =
      new ThumosLikeOptions(5, 2, 7, 3, 20, 30, 8, 8, 0.5, 0.2);

  /** Settings of a network that learns little, quickly. */
  private static final List<String> TINY =
      List.of(
          "embedded=8",
          "boundaryWidth=4",
          "width=8",
          "heads=2",
          "layers=1",
          "samples=4",
          "classWidth=8",
          "batch=3",
          "epochs=4",
          "pseudo.every=2");

  private PointData() {}

  /** Tiny data, each recording left as it is, changed or dropped. */
  static Dataset tiny(Path folder, Function<Recording, Stream<Recording>> change)
      throws IOException {
    return write(folder, new ThumosLikeGenerator(SIZE), change, Integer.MAX_VALUE);
  }

  /** Tiny data of which one recording to train on has a single snippet. */
  static Dataset withOneSnippet(Path folder, Function<Recording, Stream<Recording>> change)
      throws IOException {
    return write(folder, new ThumosLikeGenerator(SIZE), change, 1);
  }

  /** Data from which something can be learned. */
  static Dataset quick(Path folder) throws IOException {
    return write(
        folder, new ThumosLikeGenerator(ThumosLikeOptions.quick()), Stream::of, Integer.MAX_VALUE);
  }

  private static Dataset write(
      Path folder,
      ThumosLikeGenerator generator,
      Function<Recording, Stream<Recording>> change,
      int snippets)
      throws IOException {
    List<Recording> originals = generator.recordings();
    DatasetWriter.write(
        folder,
        generator.description(),
        originals.stream().flatMap(change).toList(),
        (recording, stream) -> {
          Recording original =
              originals.stream().filter(r -> r.id().equals(recording.id())).findAny().orElseThrow();
          FeatureSequence features = generator.features(original, stream);
          return recording.id().equals(originals.get(0).id())
              ? features.first(Math.min(snippets, features.length()))
              : features;
        });
    return Dataset.open(folder);
  }

  /** Those of a tiny network, with some changed or added. */
  static Settings settings(String... changes) {
    return Settings.empty().withOverrides(TINY).withOverrides(List.of(changes));
  }

  /** A tiny run, taken to its end. */
  static RunFolder trained(
      Dataset dataset, Path out, int threads, Progress progress, String... settings)
      throws IOException {
    try (Engine engine = Engine.open("cpu", threads)) {
      Experiment experiment =
          new Experiment(new Apn(), dataset.description(), settings(settings), 7, engine);
      RunFolder run = experiment.create(out, dataset, null);
      var unused =
          experiment.train(
              run,
              new TrainingData(dataset, Dataset.TRAIN, 1 << 20),
              TrainingLoop.Options.defaults(),
              progress);
      return run;
    }
  }
}
