// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.gaufuse;

import dev.kairos.kernels.RandomKey;
import dev.kairos.methods.data.FeatureSequence;
import dev.kairos.methods.host.InstanceSource;
import dev.kairos.methods.proposal.InstanceFusion;
import dev.kairos.methods.pseudolabel.LabelRenewal;
import dev.kairos.methods.pseudolabel.SoftLabels;
import dev.kairos.methods.tal.Prediction;
import dev.kairos.methods.tal.Proposal;
import dev.kairos.methods.training.ShardWorkers;
import dev.kairos.methods.training.TrainingData;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Makes labels of all recordings by the weights as they are: the networks are asked one recording
 * after the other, then instances and labels are made of all in parallel. The same bits for any
 * number of threads, and of workers.
 */
final class Renewal {
  private final GaufuseConfig config;
  private final InstanceSource source;
  private final TrainingData data;
  private final int channels;
  private final int threads;
  private ShardWorkers workers = ShardWorkers.alone();

  Renewal(
      GaufuseConfig config, InstanceSource source, TrainingData data, int channels, int threads) {
    this.config = config;
    this.source = source;
    this.data = data;
    this.channels = channels;
    this.threads = threads;
  }

  /** Spreads the recordings over several workers. */
  void workers(ShardWorkers all) {
    workers = all;
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
    int[] own = IntStream.range(0, data.size()).filter(workers::isOwn).toArray();
    int[][] places = new int[own.length][];
    List<Prediction> predictions = new ArrayList<>();
    double start = now();
    for (int i = 0; i < own.length; i++) {
      places[i] = source.snippets(data.length(own[i]));
      predictions.add(predict(own[i], config.dropout() ? key.child(own[i]) : null));
    }
    double predicted = now();
    List<LabelRenewal.Instances> instances =
        parallel(own.length)
            .mapToObj(i -> instances(own[i], predictions.get(i), places[i].length, fusion))
            .toList();
    double found = now();
    int[] lengths = IntStream.of(own).map(data::length).toArray();
    LabelRenewal made =
        own.length == data.size()
            ? ofAll(instances, places, lengths)
            : together(own, instances, places, lengths);
    double labelled = now();
    return new Made(
        made,
        String.format(
            Locale.ROOT,
            "networks %.2f s, instances %.2f s, labels %.3f s",
            predicted - start,
            found - predicted,
            labelled - found));
  }

  private IntStream parallel(int count) {
    IntStream each = IntStream.range(0, count);
    return threads > 1 ? each.parallel() : each;
  }

  private LabelRenewal ofAll(
      List<LabelRenewal.Instances> instances, int[][] places, int[] lengths) {
    LabelRenewal made = LabelRenewal.make(instances, channels, config.renewal(), threads);
    return new LabelRenewal(made.labels().atOwnLength(places, lengths), made.counts());
  }

  /** Makes the labels of the own recordings, and takes those of the others from other workers. */
  private LabelRenewal together(
      int[] own, List<LabelRenewal.Instances> instances, int[][] places, int[] lengths) {
    List<byte[]> made =
        parallel(own.length)
            .mapToObj(i -> labels(instances.get(i), places[i], lengths[i]).toBytes())
            .toList();
    Iterator<byte[]> next = made.iterator(); // asked for in the order of own
    List<RecordingLabels> all =
        workers.all("labels", data.size(), v -> next.next()).stream()
            .map(RecordingLabels::of)
            .toList();
    float[][] values = all.stream().map(RecordingLabels::values).toArray(float[][]::new);
    return new LabelRenewal(
        SoftLabels.ofOwnLength(
            IntStream.range(0, data.size()).mapToObj(data::id).toList(), values, channels),
        all.stream()
            .map(RecordingLabels::counts)
            .reduce(LabelRenewal.Counts.NONE, LabelRenewal.Counts::plus));
  }

  private RecordingLabels labels(LabelRenewal.Instances one, int[] places, int length) {
    LabelRenewal made = LabelRenewal.make(List.of(one), channels, config.renewal(), 1);
    SoftLabels labels = made.labels().atOwnLength(new int[][] {places}, new int[] {length});
    return new RecordingLabels(labels.of(0), made.counts());
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
