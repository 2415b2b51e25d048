// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.data;

import dev.kairos.methods.tal.ActionInstance;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What of the annotations of a data set is used, and as what.
 *
 * @param train subsets whose recordings are learned from; empty for the usual names, see {@link
 *     SubsetChoice}
 * @param test subsets whose recordings are scored on; empty for the usual names
 * @param ignored labels that are passed over, such as {@code Ambiguous}
 * @param negatives whether a recording without a label is one in which no action happens, to be
 *     learned from; otherwise nothing is known of it and it is left out of training
 * @param annotator whose points are used where several persons set some; empty where one did, or
 *     {@link #ALL}
 */
public record AnnotationRules(
    List<String> train,
    List<String> test,
    List<String> ignored,
    boolean negatives,
    String annotator) {
  /** The points of all annotators together. */
  public static final String ALL = "all";

  /** Everything, by the usual names. */
  public static final AnnotationRules USUAL =
      new AnnotationRules(List.of(), List.of(), List.of(), false, "");

  /** Copies the lists. */
  public AnnotationRules {
    train = List.copyOf(train);
    test = List.copyOf(test);
    ignored = List.copyOf(ignored);
  }

  /** The same with other subsets; an empty list leaves them as they are. */
  public AnnotationRules withSubsets(List<String> newTrain, List<String> newTest) {
    return new AnnotationRules(
        newTrain.isEmpty() ? train : newTrain,
        newTest.isEmpty() ? test : newTest,
        ignored,
        negatives,
        annotator);
  }

  /** The same with the points of an annotator. */
  public AnnotationRules by(String newAnnotator) {
    return new AnnotationRules(train, test, ignored, negatives, newAnnotator);
  }

  /** The same, and these labels are passed over too. */
  public AnnotationRules ignoring(List<String> labels) {
    List<String> all = new ArrayList<>(ignored);
    all.addAll(labels);
    return new AnnotationRules(train, test, all, negatives, annotator);
  }

  /** A recording without the labels that are passed over. */
  public Recording apply(Recording recording) {
    if (ignored.isEmpty()) {
      return recording;
    }
    Set<String> passed = new HashSet<>(ignored);
    List<ActionInstance> instances =
        recording.instances().stream().filter(i -> !passed.contains(i.label())).toList();
    Set<String> alone = new LinkedHashSet<>(recording.labelsAlone());
    alone.removeAll(passed);
    return recording.withActions(instances, alone);
  }
}
