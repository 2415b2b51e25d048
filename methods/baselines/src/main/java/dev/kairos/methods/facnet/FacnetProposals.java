// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.facnet;

import dev.kairos.methods.host.StreamColumns;
import dev.kairos.methods.proposal.CandidateRule;
import dev.kairos.methods.proposal.ClassSelection;
import dev.kairos.methods.proposal.Suppression;
import dev.kairos.methods.tal.Cas;
import dev.kairos.methods.tal.Detection;
import dev.kairos.methods.tal.Prediction;
import dev.kairos.methods.tal.Proposal;
import dev.kairos.methods.tal.Segment;
import dev.kairos.methods.tal.SnippetGrid;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/**
 * From the curves of all streams to detections. Each stream has classes, candidates and a
 * suppression of its own; then the candidates of all streams suppress each other, for classes that
 * more than one stream has found. A prediction holds for each stream a curve {@code cas-NAME} of
 * probabilities {@code [T,C1]} and one of a single row, {@code scores-NAME [1,C1]}, the scores of
 * the recording.
 *
 * @param config thresholds and suppressions
 * @param streams their names, in order
 */
record FacnetProposals(FacnetConfig config, List<String> streams) {
  /** What the curve of a stream's scores of the recording shows. */
  static final String SCORES = "scores";

  /** The detections of a recording, by class and descending score. */
  List<Detection> detections(Prediction prediction, SnippetGrid grid, List<String> names) {
    return instances(prediction, names.size(), config.suppression()).stream()
        .map(
            p ->
                new Detection(
                    names.get(p.label()),
                    new Segment(grid.seconds(p.start()), grid.seconds(p.end())),
                    p.score()))
        .toList();
  }

  /**
   * The instances of a recording, by class and descending score.
   *
   * @param classes how many channels may be searched for
   * @param within what is made of overlapping candidates of one stream
   */
  List<Proposal> instances(Prediction prediction, int classes, Suppression within) {
    TreeMap<Integer, List<List<Proposal>>> found = new TreeMap<>();
    for (int s = 0; s < streams.size(); s++) {
      String stream = streams.get(s);
      double scale = s == 0 ? config.firstStreamScale() : 1;
      CandidateRule rule = scaled(scale);
      Cas cas = prediction.curve(StreamColumns.curve(Prediction.CAS, stream));
      double[] scores = prediction.curve(StreamColumns.curve(SCORES, stream)).values();
      for (int label :
          ClassSelection.select(scores, classes, config.classThreshold(), config.bestIfNone())) {
        List<Proposal> kept = within.proposals(candidates(rule, cas.channel(label), label, scale));
        if (!kept.isEmpty()) {
          found.computeIfAbsent(label, c -> new ArrayList<>()).add(kept);
        }
      }
    }
    return found.values().stream().flatMap(rows -> joined(rows).stream()).toList();
  }

  private CandidateRule scaled(double scale) {
    CandidateRule rule = config.rule();
    return new CandidateRule(
        rule.thresholds().stream().map(t -> t * scale).toList(),
        rule.margin(),
        rule.outerWeight(),
        rule.shortest(),
        rule.upsampling());
  }

  /** Candidates on scaled scores; inner means, which weigh them in a fusion, are not scaled. */
  private static List<Proposal> candidates(
      CandidateRule rule, double[] series, int label, double scale) {
    double[] scaled = Arrays.stream(series).map(x -> x * scale).toArray();
    return rule.candidates(scaled, label).stream()
        .map(p -> new Proposal(label, p.start(), p.end(), p.score(), p.innerMean() / scale))
        .toList();
  }

  /**
   * What is left of the candidates of one class.
   *
   * @param streams those of each stream that has found some
   */
  private List<Proposal> joined(List<List<Proposal>> streams) {
    return streams.size() == 1
        ? streams.get(0)
        : FacnetConfig.leaders(config.jointThreshold())
            .proposals(streams.stream().flatMap(List::stream).toList());
  }
}
