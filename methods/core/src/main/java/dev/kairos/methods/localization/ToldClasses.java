// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.localization;

import dev.kairos.methods.data.Recording;
import dev.kairos.methods.evaluation.ClassificationMeanAveragePrecision;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/** How well the classes of annotated recordings are told, without regard to where. */
public final class ToldClasses {
  private ToldClasses() {}

  /**
   * Classification mAP, see {@link ClassificationMeanAveragePrecision}.
   *
   * @param classes in the order of the scores of recordings
   * @param recordings all are in {@code found}
   * @return empty where the model does not score recordings, or no class occurs in them
   */
  public static OptionalDouble of(
      List<String> classes, List<Recording> recordings, Map<String, Localization> found) {
    double[][] scores = new double[recordings.size()][];
    boolean[][] occurs = new boolean[recordings.size()][classes.size()];
    boolean any = false;
    for (int i = 0; i < scores.length; i++) {
      Recording recording = recordings.get(i);
      double[] all = in(found, recording).prediction().videoScores();
      if (all.length < classes.size()) {
        return OptionalDouble.empty();
      }
      scores[i] = Arrays.copyOf(all, classes.size());
      Set<String> annotated = new HashSet<>();
      recording.instances().forEach(instance -> annotated.add(instance.label()));
      for (int c = 0; c < classes.size(); c++) {
        occurs[i][c] = annotated.contains(classes.get(c));
        any |= occurs[i][c];
      }
    }
    return any
        ? OptionalDouble.of(ClassificationMeanAveragePrecision.of(scores, occurs))
        : OptionalDouble.empty();
  }

  /**
   * What was found in a recording.
   *
   * @throws IllegalArgumentException if it is not there
   */
  public static Localization in(Map<String, Localization> found, Recording recording) {
    Localization localization = found.get(recording.id());
    if (localization == null) {
      throw new IllegalArgumentException("nothing was localised in " + recording.id());
    }
    return localization;
  }
}
