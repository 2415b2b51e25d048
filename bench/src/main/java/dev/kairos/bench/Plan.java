// SPDX-License-Identifier: Apache-2.0
package dev.kairos.bench;

import java.util.ArrayList;
import java.util.List;

/** Which matches a suite plays. */
final class Plan {
  private static final String VECTORBLAS = "vectorblas";

  private Plan() {}

  /** Every question at a size or two: under half an hour. */
  static List<Match> quick() {
    List<Match> all = new ArrayList<>();
    for (String size : List.of("512", "1024", "2048")) {
      all.add(
          Match.of(
              MatmulBenchmark.class,
              size,
              1,
              Peers.KAIROS,
              Peers.LIBTORCH,
              Peers.EJML,
              VECTORBLAS));
    }
    for (int threads : new int[] {1, 2}) {
      for (String size : List.of("4x320x512", "4x320x1024", "4x320x2048")) {
        all.add(Match.of(Conv1dBenchmark.class, size, threads, Peers.KAIROS, Peers.LIBTORCH));
      }
      for (String size : List.of("4x320x512", "4x320x1024")) {
        all.add(Match.of(BasnetStepBenchmark.class, size, threads, Peers.KAIROS, Peers.LIBTORCH));
      }
      all.add(
          Match.of(IlgStepBenchmark.class, "4x320x1024", threads, Peers.KAIROS, Peers.LIBTORCH));
      all.add(
          Match.of(RskpBlockBenchmark.class, "400x2048", threads, Peers.KAIROS, Peers.LIBTORCH));
      all.add(Match.of(RskpStepBenchmark.class, "400x2048", threads, Peers.KAIROS, Peers.LIBTORCH));
      all.add(
          Match.of(
              ApnStepBenchmark.class, "4x325x2048x64x512", threads, Peers.KAIROS, Peers.LIBTORCH));
      all.add(Match.of(PseudoLabelBenchmark.class, "200x1000x2048x15", threads, Peers.KAIROS));
      all.add(
          Match.of(
              TransformerBlockBenchmark.class, "32x33x512", threads, Peers.KAIROS, Peers.LIBTORCH));
    }
    for (String operation : List.of("sigmoid", "softmax", "layerNorm", "adam")) {
      all.add(
          Match.of(ElementwiseBenchmark.class, "2048x2048", 1, Peers.KAIROS, Peers.LIBTORCH)
              .with("operation", operation));
    }
    return all;
  }

  /** Every size, every peer, one thread and two: some hours. */
  static List<Match> full() {
    List<Match> all = new ArrayList<>();
    for (int threads : new int[] {1, 2}) {
      for (String size :
          List.of("512", "1024", "2048", "1280x1536x512", "750x2048x21", "733x421x199")) {
        all.add(
            threads == 1
                ? Match.of(
                    MatmulBenchmark.class,
                    size,
                    threads,
                    Peers.KAIROS,
                    Peers.SCALAR,
                    Peers.LIBTORCH,
                    Peers.EJML,
                    VECTORBLAS,
                    "nd4j")
                : Match.of(
                    MatmulBenchmark.class,
                    size,
                    threads,
                    Peers.KAIROS,
                    Peers.LIBTORCH,
                    Peers.OJALGO));
      }
      String[] both = {Peers.KAIROS, Peers.LIBTORCH, Peers.LIBTORCH_UNFOLD};
      for (String size : List.of("4x320x512", "4x320x1024", "4x320x2048", "1x733x1024")) {
        all.add(Match.of(Conv1dBenchmark.class, size, threads, both));
      }
      for (String size : List.of("4x320x512", "4x320x1024")) {
        all.add(Match.of(BasnetStepBenchmark.class, size, threads, both));
        all.add(Match.of(IlgStepBenchmark.class, size, threads, both));
      }
      for (Class<? extends Duel> rskp :
          List.of(RskpBlockBenchmark.class, RskpStepBenchmark.class)) {
        all.add(
            Match.of(rskp, "400x2048", threads, Peers.KAIROS, Peers.LIBTORCH, RskpCase.WOODBURY));
      }
      all.add(
          Match.of(
              ApnStepBenchmark.class, "4x325x2048x64x512", threads, Peers.KAIROS, Peers.LIBTORCH));
      all.add(Match.of(PseudoLabelBenchmark.class, "200x1000x2048x15", threads, Peers.KAIROS));
      for (String size : List.of("32x33x512", "1x750x512")) {
        all.add(
            Match.of(TransformerBlockBenchmark.class, size, threads, Peers.KAIROS, Peers.LIBTORCH));
      }
      for (String operation : List.of("sigmoid", "softmax", "layerNorm", "adam")) {
        all.add(
            Match.of(ElementwiseBenchmark.class, "2048x2048", threads, Peers.KAIROS, Peers.LIBTORCH)
                .with("operation", operation));
      }
    }
    return all;
  }

  /** A step of BaS-Net at the published size, which takes the better part of a minute. */
  static List<Match> published() {
    return List.of(
        Match.of(BasnetStepBenchmark.class, "16x750x2048", 2, Peers.KAIROS, Peers.LIBTORCH));
  }

  /** Ours with and without the vector module: what another JVM, or shorter vectors, cost. */
  static List<Match> own() {
    return List.of(
        Match.of(MatmulBenchmark.class, "1024", 1, Peers.KAIROS, Peers.SCALAR),
        Match.of(BasnetStepBenchmark.class, "4x320x512", 1, Peers.KAIROS, Peers.SCALAR),
        Match.of(TransformerBlockBenchmark.class, "32x33x512", 1, Peers.KAIROS, Peers.SCALAR),
        Match.of(ElementwiseBenchmark.class, "2048x2048", 1, Peers.KAIROS, Peers.SCALAR)
            .with("operation", "softmax"));
  }
}
