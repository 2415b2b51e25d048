// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.pseudolabel;

import dev.kairos.methods.run.StageFolder;
import dev.kairos.methods.training.TrainingData;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The labels that the previous stage left in its folder, known when a stage begins. */
public final class PreviousStageLabels implements Supplier<PseudoLabels> {
  private final int classes;
  private final int snippets;
  private @Nullable PseudoLabels labels;

  /**
   * Labels that are not read yet.
   *
   * @param classes C
   * @param snippets S
   */
  public PreviousStageLabels(int classes, int snippets) {
    this.classes = classes;
    this.snippets = snippets;
  }

  /** Reads them from the folder of the previous stage. */
  void read(StageFolder before) throws IOException {
    labels = PseudoLabels.read(before.path(), classes);
  }

  /** Takes the first class of each recording for all of it: good for a trial of speed alone. */
  void makeUp(TrainingData data) {
    List<String> names = IntStream.range(0, data.size()).mapToObj(data::id).toList();
    int[][] all = new int[data.size()][snippets];
    for (int v = 0; v < all.length; v++) {
      float[] own = data.labels(v);
      int first = IntStream.range(0, classes).filter(c -> own[c] > 0).findFirst().orElse(classes);
      Arrays.fill(all[v], first);
    }
    labels = new PseudoLabels(names, all, classes);
  }

  @Override
  public PseudoLabels get() {
    PseudoLabels known = labels;
    if (known == null) {
      throw new IllegalStateException("pseudo labels: the stage was not begun");
    }
    return known;
  }
}
