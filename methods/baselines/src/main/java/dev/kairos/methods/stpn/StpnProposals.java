// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.stpn;

import dev.kairos.methods.host.StreamColumns;
import dev.kairos.methods.proposal.ClassSelection;
import dev.kairos.methods.proposal.NonMaximumSuppression;
import dev.kairos.methods.proposal.PrefixSums;
import dev.kairos.methods.proposal.ThresholdRuns;
import dev.kairos.methods.proposal.TimeUpsampling;
import dev.kairos.methods.tal.Cas;
import dev.kairos.methods.tal.Detection;
import dev.kairos.methods.tal.Interval;
import dev.kairos.methods.tal.Prediction;
import dev.kairos.methods.tal.Segment;
import dev.kairos.methods.tal.SnippetGrid;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * From attention and activations to detections at a single threshold. A stream's weighed activation
 * {@code attention * sigmoid(activation)} is cut into runs, and a run scores the mean of {@code
 * attention * activation}, the activation being the mean over all streams. Detections of several
 * streams suppress each other; those of one stream stay as they are.
 *
 * <p>Source: STPN (CVPR 2018), its section "Temporal Action Localization", and its reproduction.
 *
 * @param config thresholds
 * @param streams the names of the networks' streams, in order
 */
record StpnProposals(StpnConfig config, List<String> streams) {
  private static final String EVIDENCE = "evidence";
  private static final String SCORES = "scores";

  /**
   * What one network says.
   *
   * @param attention {@code [S,1]}
   * @param activations {@code [S,C]}
   * @param scores of the recording, before the sigmoid, {@code [1,C]}
   */
  record Scored(Cas attention, Cas activations, Cas scores) {}

  /**
   * The curves of a recording: for each stream {@code cas-NAME}, {@code evidence-NAME} and, of one
   * row, {@code scores-NAME}; the CAS and the scores of the recording are means over the streams.
   *
   * @param networks what the network of each stream says, in order
   */
  Prediction prediction(List<Scored> networks) {
    int classes = networks.get(0).scores().channels();
    int samples = networks.get(0).attention().snippets();
    double share = 1.0 / networks.size();
    double[] activations = new double[samples * classes];
    networks.forEach(one -> add(activations, one.activations().values(), share));
    double[] cas = new double[samples * classes];
    double[] scores = new double[classes];
    Map<String, Cas> curves = new LinkedHashMap<>();
    for (int i = 0; i < networks.size(); i++) {
      Scored one = networks.get(i);
      double[] weighed = new double[cas.length];
      double[] evidence = new double[cas.length];
      for (int j = 0; j < cas.length; j++) {
        int t = j / classes;
        double attention = one.attention().at(t, 0);
        weighed[j] = attention * sigmoid(one.activations().at(t, j % classes));
        evidence[j] = attention * activations[j];
      }
      double[] own = new double[classes];
      for (int c = 0; c < classes; c++) {
        own[c] = sigmoid(one.scores().at(0, c));
      }
      add(cas, weighed, share);
      add(scores, own, share);
      String stream = streams.get(i);
      curves.put(StreamColumns.curve(Prediction.CAS, stream), Cas.of(weighed, samples, classes));
      curves.put(StreamColumns.curve(EVIDENCE, stream), Cas.of(evidence, samples, classes));
      curves.put(StreamColumns.curve(SCORES, stream), Cas.of(own, 1, classes));
    }
    curves.put(Prediction.CAS, Cas.of(cas, samples, classes));
    return new Prediction(scores, curves, List.of());
  }

  private static double sigmoid(double x) {
    return 1 / (1 + StrictMath.exp(-x));
  }

  private static void add(double[] sum, double[] values, double factor) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += factor * values[i];
    }
  }

  /** The detections of a recording, by class. */
  List<Detection> detections(Prediction prediction, SnippetGrid grid, List<String> names) {
    TreeMap<Integer, List<List<Detection>>> found = new TreeMap<>();
    for (String stream : streams) {
      for (int label : classes(prediction, stream, names.size())) {
        List<Detection> rows = ofStream(prediction, stream, label, grid, names.get(label));
        if (!rows.isEmpty()) {
          found.computeIfAbsent(label, c -> new ArrayList<>()).add(rows);
        }
      }
    }
    // An overlap at the threshold does not suppress.
    NonMaximumSuppression joint =
        new NonMaximumSuppression(Math.nextUp(config.nmsThreshold()), false);
    return found.values().stream()
        .flatMap(
            rows ->
                rows.size() == 1
                    ? rows.get(0).stream()
                    : joint.detections(rows.stream().flatMap(List::stream).toList()).stream())
        .toList();
  }

  /** The classes that are searched for in a stream. */
  int[] classes(Prediction prediction, String stream, int classes) {
    return ClassSelection.select(
        prediction.curve(StreamColumns.curve(SCORES, stream)).values(),
        classes,
        config.several().classThreshold(),
        config.several().bestIfNone());
  }

  /** The detections of one class in one stream, in order of time. */
  List<Detection> ofStream(
      Prediction prediction, String stream, int label, SnippetGrid grid, String name) {
    double[] fine = fine(prediction, Prediction.CAS, stream, label);
    PrefixSums evidence = new PrefixSums(fine(prediction, EVIDENCE, stream, label));
    double snippets = (double) grid.length() / fine.length;
    List<Interval> runs = ThresholdRuns.atLeast(fine, config.threshold());
    List<Detection> rows = new ArrayList<>();
    for (Interval run : runs) {
      if (runs.size() > 1 || run.end() > 1) { // the published code takes place 0 alone for nothing
        rows.add(
            new Detection(
                name,
                new Segment(
                    grid.seconds(run.start() * snippets), grid.seconds(run.end() * snippets)),
                evidence.mean(run.start(), run.end())));
      }
    }
    return rows;
  }

  private double[] fine(Prediction prediction, String of, String stream, int label) {
    double[] series = prediction.curve(StreamColumns.curve(of, stream)).channel(label);
    return TimeUpsampling.linear(series, config.upsampling());
  }
}
