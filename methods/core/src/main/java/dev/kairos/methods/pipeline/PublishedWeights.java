// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.pipeline;

import dev.kairos.methods.data.Dataset;
import dev.kairos.methods.data.FeatureStream;
import dev.kairos.methods.run.RunFolder;
import dev.kairos.methods.training.Experiment;
import dev.kairos.methods.training.Method;
import dev.kairos.nn.Checkpoint;
import dev.kairos.tensor.io.DataFormatException;
import dev.kairos.tensor.io.NpyArray;
import dev.kairos.tensor.io.Safetensors;
import dev.kairos.tensor.torch.TorchFile;
import dev.kairos.tensor.torch.TorchWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Weights of a method in files of PyTorch, under the names of its authors' code or ours, and back.
 * Axes stand in our weight files as PyTorch has them; only names differ.
 */
public final class PublishedWeights {
  private static final String EACH_STREAM = "*.";

  private PublishedWeights() {}

  /**
   * Reads weights and holds them to a method's model.
   *
   * @param experiment the method with the settings and data whose model they should fit
   * @param files state dicts of PyTorch or safetensors: one, or where the authors have a network
   *     for each stream a file for each, in the order of the streams
   * @return all weights of the model by our names, F32, in the layout of files
   * @throws DataFormatException KFMT-305 naming every weight that is missing, left over or of
   *     another shape
   */
  public static Map<String, NpyArray> read(Experiment experiment, List<Path> files)
      throws IOException {
    Map<String, NpyArray> model = Checkpoint.arrays(experiment.model().parameters());
    List<FeatureStream> streams = experiment.data().streams();
    if (files.size() != 1 && files.size() != streams.size()) {
      throw new IllegalArgumentException(
          "expected one file, or one for each of %d streams: found %d"
              .formatted(streams.size(), files.size()));
    }
    WeightFit fit = new WeightFit(experiment.method(), model);
    for (int i = 0; i < files.size(); i++) {
      String stream = files.size() == 1 ? onlyStream(streams) : streams.get(i).name();
      fit.add(files.get(i), weights(files.get(i)), files.size() > 1, stream);
    }
    return fit.result();
  }

  private static @Nullable String onlyStream(List<FeatureStream> streams) {
    return streams.size() == 1 ? streams.get(0).name() : null;
  }

  private static Map<String, NpyArray> weights(Path file) throws IOException {
    return isSafetensors(file)
        ? Safetensors.read(file).tensors()
        : TorchFile.open(file).readStateDict();
  }

  private static boolean isSafetensors(Path file) {
    return file.toString().toLowerCase(Locale.ROOT).endsWith(".safetensors");
  }

  /** Writes weights by our names, as {@code train --weights} takes them. */
  public static void write(Path file, Map<String, NpyArray> weights) throws IOException {
    Safetensors.write(file, weights, Map.of());
  }

  /**
   * Makes a run of weights that were trained elsewhere: it is finished, and localises as one that
   * was trained here.
   *
   * @param place the run folder to make: not there yet, or empty
   */
  public static RunFolder finishedRun(
      Path place,
      Experiment experiment,
      Dataset dataset,
      Map<String, NpyArray> weights,
      @Nullable Path sources)
      throws IOException {
    RunFolder run = experiment.create(place, dataset, weights, sources);
    int last = Math.max(0, experiment.model().stageNames().size() - 1);
    run.save(
        weights,
        Map.of(RunFolder.Saved.UPDATES, "0"),
        new RunFolder.Position(last, 0, 0, true),
        run.requireSameConfig());
    return run;
  }

  /**
   * Writes the weights of a run's model for PyTorch, by the authors' names where there are such.
   *
   * @param stream whose network, where the authors have a file for each; null for all weights
   * @throws DataFormatException if the method has no network of that stream
   */
  public static void export(Experiment experiment, @Nullable String stream, Path file)
      throws IOException {
    Map<String, NpyArray> named = new LinkedHashMap<>();
    Map<String, NpyArray> weights = Checkpoint.arrays(experiment.model().parameters());
    for (Map.Entry<String, NpyArray> weight : weights.entrySet()) {
      String name = weight.getKey();
      if (stream == null || name.startsWith(stream + ".")) {
        String theirs = theirs(experiment.method(), name, stream).orElse(name);
        named.put(theirs, weight.getValue());
      }
    }
    if (named.isEmpty()) {
      throw DataFormatException.of(
          "KFMT-306",
          file,
          experiment.method().name() + " has no weights of a stream '" + stream + "'",
          "leave the stream out");
    }
    TorchWriter.write(file, named);
  }

  private static Optional<String> theirs(Method method, String ours, @Nullable String stream) {
    Map<String, String> table = method.publishedWeights();
    String each =
        stream == null
            ? ""
            : EACH_STREAM + ours.substring(Math.min(ours.length(), stream.length() + 1));
    return Optional.ofNullable(table.getOrDefault(ours, table.get(each)));
  }

  /** Our name of a weight of the table, in a stream's network where it is one of those. */
  static String inStream(String ours, @Nullable String stream) {
    return stream != null && ours.startsWith(EACH_STREAM)
        ? stream + "." + ours.substring(EACH_STREAM.length())
        : ours;
  }
}
