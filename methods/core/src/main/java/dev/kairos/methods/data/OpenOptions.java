// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.data;

import java.util.List;

/**
 * How a data folder is opened.
 *
 * @param train subsets to learn from, as the annotations name them; empty for what the folder says
 * @param test subsets to score on; empty for what the folder says
 * @param skipMissing whether recordings without features are left out instead of refused
 */
public record OpenOptions(List<String> train, List<String> test, boolean skipMissing) {
  /** As the folder says. */
  public static final OpenOptions USUAL = new OpenOptions(List.of(), List.of(), false);

  /** Copies the lists. */
  public OpenOptions {
    train = List.copyOf(train);
    test = List.copyOf(test);
  }

  /** A description with the subsets that were asked for. */
  DatasetDescription applied(DatasetDescription description) {
    return description.withRules(description.rules().withSubsets(train, test));
  }
}
