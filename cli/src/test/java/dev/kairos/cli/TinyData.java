// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli;

import dev.kairos.methods.generate.ThumosLikeGenerator;
import dev.kairos.methods.generate.ThumosLikeOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A data set and a model small enough for a test. */
final class TinyData {
  private static final List<String> SMALL =
      List.of("segments=16", "filterHidden=4", "hidden=8", "steps=12", "batch=4");

  private TinyData() {}

  static Path write(Path folder) throws IOException {
    ThumosLikeGenerator.write(folder, new ThumosLikeOptions(3, 2, 6, 3, 20, 30, 8, 8, 0.5, 0.2));
    return folder;
  }

  /** Trains the small model. */
  static Run train(Path data, Path out, Object... more) {
    List<Object> words = new ArrayList<>(List.of("train", "basnet", "--data", data, "--out", out));
    SMALL.forEach(setting -> words.addAll(List.of("--set", setting)));
    words.addAll(Arrays.asList(more));
    return Run.of(words.toArray());
  }

  /** Goes on with a run, all settings being its own. */
  static Run resume(Path data, Path out, Object... more) {
    List<Object> words =
        new ArrayList<>(List.of("train", "basnet", "--data", data, "--out", out, "--resume"));
    words.addAll(Arrays.asList(more));
    return Run.of(words.toArray());
  }
}
