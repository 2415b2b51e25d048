// SPDX-License-Identifier: Apache-2.0
package dev.kairos.bench;

import dev.kairos.methods.apn.medoids.ConstrainedMedoids;
import dev.kairos.methods.apn.medoids.FeatureRows;
import dev.kairos.methods.apn.medoids.MarkedPoints;
import dev.kairos.methods.apn.medoids.PseudoActions;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Param;

/**
 * How long does APN take to make the pseudo actions of all recordings of a training from their
 * points? Recordings are shared among the threads. Nobody else has an answer.
 */
public class PseudoLabelBenchmark extends Duel {
  private static final int REACH = 40; // snippets, that of THUMOS14
  private static final int CLASSES = 20;

  /** The contender. */
  @Param(Peers.KAIROS)
  public String peer = "";

  /** Recordings, snippets, width of the embedded features, points of a recording. */
  @Param("200x1000x2048x15")
  public String size = "";

  @Override
  String peer() {
    return peer;
  }

  @Override
  String size() {
    return size;
  }

  @Override
  String smallSize() {
    return "3x50x12x4";
  }

  @Override
  double tolerance() {
    return 0;
  }

  /** Bytes of the features. */
  @Override
  double operations(String given) {
    int[] s = Sizes.parse(given, 4);
    return 4.0 * s[0] * s[1] * s[2];
  }

  /** The reference has the features in double precision. */
  @Override
  Contender open(String name, String given) {
    Peers.require(name);
    int[] s = Sizes.parse(given, 4);
    List<FeatureRows> rows = new ArrayList<>();
    for (int v = 0; v < s[0]; v++) {
      float[] x = features(v, s[1], s[2], s[3]);
      rows.add(
          name.equals(Peers.REFERENCE)
              ? FeatureRows.of(Values.toDoubles(x), s[2])
              : FeatureRows.of(x, s[2]));
    }
    int[] snippets = IntStream.range(0, s[3]).map(k -> middle(k, s[1], s[3])).toArray();
    int[] labels = IntStream.range(0, s[3]).map(k -> k * k % CLASSES).toArray();
    return new Clustering(rows, MarkedPoints.of(snippets, labels), threads);
  }

  private static int middle(int action, int length, int actions) {
    return (2 * action + 1) * length / (2 * actions);
  }

  /** A direction for the background, one for each action, of a third of its stretch, and noise. */
  private static float[] features(int recording, int length, int width, int actions) {
    float[] centres = Values.uniform(recording, (actions + 1) * width, -1, 1);
    float[] values = new float[length * width];
    SplittableRandom random = new SplittableRandom(-1 - recording);
    for (int t = 0; t < length; t++) {
      int k = t * actions / length;
      int half = length / (6 * actions);
      boolean inside = Math.abs(t - middle(k, length, actions)) <= half;
      int centre = (inside ? k : actions) * width;
      for (int i = 0; i < width; i++) {
        double noise = 4 * (random.nextInt() * 0x1p-32);
        values[t * width + i] = (float) Math.max(0, centres[centre + i] + noise);
      }
    }
    return values;
  }

  /**
   * The clusters of all recordings; the answer is where actions begin and end, and their medoids.
   */
  private static final class Clustering implements Contender {
    private final List<FeatureRows> recordings;
    private final MarkedPoints points;
    private final ConstrainedMedoids medoids =
        new ConstrainedMedoids(ConstrainedMedoids.Options.defaults(REACH));
    private final ExecutorService pool;

    Clustering(List<FeatureRows> recordings, MarkedPoints points, int threads) {
      this.recordings = recordings;
      this.points = points;
      this.pool = Executors.newFixedThreadPool(threads);
    }

    @Override
    public void run() {
      all();
    }

    private List<PseudoActions> all() {
      List<Future<PseudoActions>> begun = new ArrayList<>();
      for (FeatureRows rows : recordings) {
        begun.add(pool.submit(() -> medoids.cluster(rows, points)));
      }
      List<PseudoActions> found = new ArrayList<>();
      try {
        for (Future<PseudoActions> each : begun) {
          found.add(each.get());
        }
      } catch (InterruptedException | ExecutionException e) {
        throw new IllegalStateException(e);
      }
      return found;
    }

    @Override
    public double[] answer() {
      return all().stream()
          .flatMap(each -> each.actions().stream())
          .flatMapToDouble(
              each ->
                  DoubleStream.of(each.snippets().start(), each.snippets().end(), each.medoid()))
          .toArray();
    }

    @Override
    public void close() {
      pool.shutdown();
    }
  }
}
