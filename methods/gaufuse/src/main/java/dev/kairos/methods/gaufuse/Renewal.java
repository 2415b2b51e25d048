// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.gaufuse;

import dev.kairos.kernels.RandomKey;
import dev.kairos.methods.data.FeatureSequence;
import dev.kairos.methods.host.InstanceSource;
import dev.kairos.methods.proposal.InstanceFusion;
import dev.kairos.methods.pseudolabel.LabelRenewal;
import dev.kairos.methods.tal.Prediction;
import dev.kairos.methods.tal.Proposal;
import dev.kairos.methods.training.TrainingData;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Makes labels of all recordings by the weights as they are: the networks are asked one recording
 * after the other, then instances and labels are made of all in parallel. The same bits for any
 * number of threads.
 */
final class Renewal {
  private final GaufuseConfig config;
  private final InstanceSource source;
  private final TrainingData data;
  private final int channels;
  private final int threads;

  Renewal(
      GaufuseConfig config, InstanceSource source, TrainingData data, int channels, int threads) {
    this.config = config;
    this.source = source;
    this.data = data;
    this.channels = channels;
    this.threads = threads;
  }

  /**
   * One generation.
   *
   * @param labels of all snippets, and how it went
   * @param times how long its parts took, for people
   */
  record Made(LabelRenewal labels, String times) {}

  /**
   * Makes a generation.
   *
   * @param key of dropout, where labels are made with it
   */
  Made make(InstanceFusion fusion, RandomKey key) {
    int[][] places = new int[data.size()][];
    List<Prediction> predictions = new ArrayList<>();
    double start = now();
    for (int v = 0; v < places.length; v++) {
      places[v] = source.snippets(data.length(v));
      predictions.add(predict(v, config.dropout() ? key.child(v) : null));
    }
    double predicted = now();
    IntStream recordings = IntStream.range(0, places.length);
    List<LabelRenewal.Instances> instances =
        (threads > 1 ? recordings.parallel() : recordings)
            .mapToObj(v -> instances(v, predictions.get(v), places[v].length, fusion))
            .toList();
    double found = now();
    LabelRenewal made = LabelRenewal.make(instances, channels, config.renewal(), threads);
    double labelled = now();
    int[] lengths = IntStream.range(0, places.length).map(data::length).toArray();
    return new Made(
        new LabelRenewal(made.labels().atOwnLength(places, lengths), made.counts()),
        String.format(
            Locale.ROOT,
            "networks %.2f s, instances %.2f s, labels %.3f s",
            predicted - start,
            found - predicted,
            labelled - found));
  }

  private static double now() {
    return System.nanoTime() * 1e-9;
  }

  private Prediction predict(int v, @Nullable RandomKey dropout) {
    return source.predict(features(data, v), dropout);
  }

  /** All features of a recording. */
  static FeatureSequence features(TrainingData data, int v) {
    int length = data.length(v);
    float[] features = new float[Math.multiplyExact(length, data.width())];
    data.copyRows(v, IntStream.range(0, length).toArray(), features, 0);
    return FeatureSequence.of(length, data.width(), features);
  }

  private LabelRenewal.Instances instances(
      int v, Prediction prediction, int length, InstanceFusion fusion) {
    float[] labels = data.labels(v);
    List<List<Proposal>> own = new ArrayList<>();
    for (int c = 0; c < channels; c++) {
      own.add(new ArrayList<>());
    }
    for (Proposal p : source.instances(prediction, fusion)) {
      boolean has = p.label() < labels.length && labels[p.label()] > 0;
      if (has || !config.ownClasses()) {
        own.get(p.label()).add(p);
      }
    }
    return new LabelRenewal.Instances(data.id(v), length, own);
  }
}
