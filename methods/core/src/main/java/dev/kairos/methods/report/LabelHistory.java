// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.report;

import dev.kairos.methods.report.ReportData.Activation;
import dev.kairos.methods.tal.Segment;
import java.util.List;

/**
 * How a training that renews its own labels changed them, and for some of the recordings that it
 * learned from what lies between the class activation and the label.
 *
 * @param generations in order, empty for a training without such labels
 * @param recordings some of them
 */
public record LabelHistory(List<Generation> generations, List<LabelledRecording> recordings) {
  /** Of a run without such labels. */
  public static final LabelHistory NONE = new LabelHistory(List.of(), List.of());

  /** Copies the lists. */
  public LabelHistory {
    generations = List.copyOf(generations);
    recordings = List.copyOf(recordings);
  }

  /**
   * One generation of labels. Sums are over channels, and means over all snippets of all
   * recordings.
   *
   * @param number from 0
   * @param step of the training before which it was made
   * @param sum mean of the labels' absolute values
   * @param change mean of the absolute difference from the generation before; of the first {@code
   *     sum}
   * @param ownClasses share of the labels in classes that their recordings have
   * @param precision share of the marked snippets whose largest label is of a class that is
   *     annotated there
   * @param recall snippets marked rightly, as a share of all
   * @param programs recordings' classes with an instance
   * @param contradictions of them those whose instances no label can give their scores
   * @param largestResidual the most by which a label misses a score
   */
  public record Generation(
      int number,
      long step,
      double sum,
      double change,
      double ownClasses,
      double precision,
      double recall,
      int programs,
      int contradictions,
      double largestResidual) {}

  /**
   * One recording that was learned from.
   *
   * @param id its name
   * @param duration in seconds
   * @param classes what there is of some classes
   */
  public record LabelledRecording(String id, double duration, List<Lane> classes) {
    /** Copies the list. */
    public LabelledRecording {
      classes = List.copyOf(classes);
    }
  }

  /**
   * One class of a recording.
   *
   * @param name of the class
   * @param truth where it is annotated
   * @param cas its activation
   * @param candidates before fusion
   * @param fused after it
   * @param label the newest label of the snippets
   * @param change the newest less the one before it; zeros where there was none
   */
  public record Lane(
      String name,
      List<Segment> truth,
      Activation cas,
      List<Segment> candidates,
      List<Segment> fused,
      Activation label,
      Activation change) {
    /** Copies the lists. */
    public Lane {
      truth = List.copyOf(truth);
      candidates = List.copyOf(candidates);
      fused = List.copyOf(fused);
    }
  }
}
