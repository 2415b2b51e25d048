// SPDX-License-Identifier: Apache-2.0
package dev.kairos.spark.verbs;

import java.util.List;

/** A verb of {@code kairos-spark.jar}. */
public interface SparkVerb {
  /** The word by which it is called. */
  String name();

  /** What it does, in a line. */
  String summary();

  /**
   * Does the work.
   *
   * @param words of the command line, those after the verb
   * @return the exit code
   * @throws Exception if the work fails; a {@link dev.kairos.kernels.KairosException} says why in
   *     the user's words
   */
  int run(List<String> words, Cluster cluster) throws Exception;
}
