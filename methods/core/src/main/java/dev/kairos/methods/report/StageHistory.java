// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.report;

import dev.kairos.methods.report.ReportData.Activation;
import dev.kairos.methods.tal.ActionInstance;
import java.util.List;

/**
 * How labels and activations changed from one stage to the next.
 *
 * @param tious thresholds of the scores
 * @param stages in the order of training
 * @param tracks some of the recordings that were learned from
 */
public record StageHistory(List<Double> tious, List<Row> stages, List<Track> tracks) {
  /** Of a run with one stage. */
  public static final StageHistory NONE = new StageHistory(List.of(), List.of(), List.of());

  /** Copies the lists. */
  public StageHistory {
    tious = List.copyOf(tious);
    stages = List.copyOf(stages);
    tracks = List.copyOf(tracks);
  }

  /**
   * A stage in numbers; those that are not known are NaN.
   *
   * @param name of the stage
   * @param selected share of the snippets that its network labelled
   * @param precision share of the labels that are right
   * @param recall right labels, as a share of all snippets
   * @param map mAP at each threshold, localised as at its end; empty where nothing was scored
   */
  public record Row(
      String name, double selected, double precision, double recall, List<Double> map) {
    /** Copies the scores. */
    public Row {
      map = List.copyOf(map);
    }
  }

  /**
   * A recording through all stages.
   *
   * @param id its name
   * @param duration in seconds
   * @param classes names in the order of the labels; their number is the label of background
   * @param truth annotated actions
   * @param strips one for each stage
   */
  public record Track(
      String id,
      double duration,
      List<String> classes,
      List<ActionInstance> truth,
      List<Strip> strips) {
    /** Copies the lists. */
    public Track {
      classes = List.copyOf(classes);
      truth = List.copyOf(truth);
      strips = List.copyOf(strips);
    }
  }

  /**
   * What one stage gave for one recording.
   *
   * @param stage name of the stage
   * @param labels of snippets evenly over time, -1 where none was given
   * @param cas activation of the recording's classes
   */
  public record Strip(String stage, List<Integer> labels, List<Activation> cas) {
    /** Copies the lists. */
    public Strip {
      labels = List.copyOf(labels);
      cas = List.copyOf(cas);
    }
  }
}
