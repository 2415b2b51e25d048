// SPDX-License-Identifier: Apache-2.0
package dev.kairos.bench;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every contender that is on the class path gives the reference's answer on the small case. */
class DuelTest {
  /** A contender of a duel. */
  record Entry(Duel duel, String peer) {
    @Override
    public String toString() {
      return duel.getClass().getSimpleName()
          + (duel instanceof ElementwiseBenchmark e ? " " + e.operation : "")
          + " "
          + peer;
    }
  }

  static List<Entry> entries() {
    List<Entry> all = new java.util.ArrayList<>();
    for (String peer :
        List.of("kairos", "scalar", "libtorch", "ejml", "ojalgo", "vectorblas", "nd4j")) {
      all.add(new Entry(new MatmulBenchmark(), peer));
    }
    for (String peer : List.of("kairos", "scalar", "libtorch", "libtorch-unfold")) {
      all.add(new Entry(new Conv1dBenchmark(), peer));
      all.add(new Entry(new BasnetStepBenchmark(), peer));
      all.add(new Entry(new IlgStepBenchmark(), peer));
    }
    for (String peer : List.of("kairos", "scalar", "libtorch")) {
      for (String operation : List.of("sigmoid", "softmax", "layerNorm", "adam")) {
        ElementwiseBenchmark duel = new ElementwiseBenchmark();
        duel.operation = operation;
        all.add(new Entry(duel, peer));
      }
      all.add(new Entry(new TransformerBlockBenchmark(), peer));
      all.add(new Entry(new RskpBlockBenchmark(), peer));
      all.add(new Entry(new RskpStepBenchmark(), peer));
      all.add(new Entry(new ApnStepBenchmark(), peer));
    }
    all.add(new Entry(new PseudoLabelBenchmark(), "kairos"));
    all.add(new Entry(new RskpBlockBenchmark(), RskpCase.WOODBURY));
    all.add(new Entry(new RskpStepBenchmark(), RskpCase.WOODBURY));
    for (String peer : List.of("kairos", "ojalgo", "glop", "commons-math")) {
      all.add(new Entry(new LinProBenchmark(), peer));
    }
    return all;
  }

  @ParameterizedTest
  @MethodSource("entries")
  void agreesWithTheReference(Entry entry) {
    Duel duel = entry.duel();
    duel.threads = 1;
    String size = duel.smallSize();
    try (Contender reference = duel.open(Peers.REFERENCE, size);
        Contender contender = openIfPossible(duel, entry.peer(), size)) {
      double[] expected = reference.answer();
      Values.check(entry.toString(), expected, contender.answer(), duel.tolerance());
      contender.run();
      assertTrue(duel.operations(size) > 0);
    }
    assertThrows(
        MissingPeerException.class, () -> duel.open("no such library", size), entry.toString());
  }

  private static Contender openIfPossible(Duel duel, String peer, String size) {
    try {
      return duel.open(peer, size);
    } catch (MissingPeerException e) {
      return Assumptions.abort(e.getMessage());
    }
  }
}
