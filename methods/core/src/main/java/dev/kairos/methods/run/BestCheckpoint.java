// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.run;

import dev.kairos.methods.files.Shown;
import dev.kairos.nn.Checkpoint;
import dev.kairos.nn.CheckpointSeal;
import dev.kairos.nn.Parameters;
import dev.kairos.tensor.io.DataFormatException;
import dev.kairos.tensor.io.NpyArray;
import dev.kairos.tensor.io.Safetensors;
import dev.kairos.tensor.io.SafetensorsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * {@code best.safetensors}: the weights that scored best on recordings held out, beside the last
 * ones in the checkpoint. It follows the checkpoint, which remembers them too: where a crash or a
 * hand removed it, going on with the run brings it back.
 *
 * @param file where it is
 * @param weights all weights by name
 * @param stage the stage after a step of which they were scored, from 0
 * @param step steps of that stage that were done then
 * @param total steps of all stages that were done then
 * @param score average mAP on what was held out, a fraction
 */
public record BestCheckpoint(
    Path file, Map<String, NpyArray> weights, int stage, long step, long total, double score) {
  /** The file's name. */
  public static final String NAME = "best.safetensors";

  private static final String STAGE = "kairos.stage";
  private static final String STEP = "kairos.step";
  private static final String TOTAL = "kairos.total";
  private static final String SCORE = "kairos.heldOut";

  /** Keeps the weights from change. */
  public BestCheckpoint {
    weights = Map.copyOf(weights);
  }

  /** Writes it into the run folder; the file is complete or as it was. */
  public static void write(
      RunFolder run, Map<String, NpyArray> weights, int stage, long step, long total, double score)
      throws IOException {
    Map<String, String> texts =
        Map.of(
            STAGE, Integer.toString(stage),
            STEP, Long.toString(step),
            TOTAL, Long.toString(total),
            SCORE, Double.toString(score));
    Safetensors.write(run.file(NAME), weights, CheckpointSeal.seal(weights, texts));
  }

  /**
   * The best weights of a run; empty where none were kept.
   *
   * @throws DataFormatException if the file is damaged or another one
   */
  public static Optional<BestCheckpoint> read(RunFolder run) throws IOException {
    Path file = run.file(NAME);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    SafetensorsFile read = Safetensors.read(file);
    CheckpointSeal.check(file, read);
    Map<String, String> texts = read.metadata();
    return Optional.of(
        new BestCheckpoint(
            file,
            read.tensors(),
            (int) number(file, texts, STAGE, "\\d{1,9}"),
            (long) number(file, texts, STEP, "\\d{1,15}"),
            (long) number(file, texts, TOTAL, "\\d{1,15}"),
            number(file, texts, SCORE, "[0-9.E-]{1,30}")));
  }

  private static double number(Path file, Map<String, String> texts, String key, String form) {
    String text = texts.getOrDefault(key, "");
    try {
      if (text.matches(form)) {
        return Double.parseDouble(text);
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw DataFormatException.of(
        "KDATA-204",
        file,
        "metadata " + key + ": expected a number, found \"" + Shown.of(text) + "\"",
        "go on with kairos train --resume, which writes it again");
  }

  /** Overwrites the weights of a model. */
  public void restore(Parameters parameters) {
    Checkpoint.load(parameters, weights, file);
  }
}
