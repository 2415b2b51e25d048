// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.proposal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.methods.proposal.InstanceFusion.Cluster;
import dev.kairos.methods.proposal.InstanceFusion.Logit;
import dev.kairos.methods.proposal.InstanceFusion.Overlap;
import dev.kairos.methods.tal.Detection;
import dev.kairos.methods.tal.Proposal;
import dev.kairos.methods.tal.Segment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class InstanceFusionTest {
  private static final double TOLERANCE = 1e-12;

  private static Proposal at(double start, double end, double score, double inner) {
    return new Proposal(0, start, end, score, inner);
  }

  private static List<Proposal> random(Random random, int count) {
    List<Proposal> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double start = random.nextDouble() * 60;
      double end = start + 2 + random.nextDouble() * 20;
      all.add(
          new Proposal(random.nextInt(3), start, end, random.nextGaussian(), random.nextDouble()));
    }
    return all;
  }

  @Test
  void equallyWeightedMembersMeetInTheirMean() {
    List<Proposal> two = List.of(at(10, 20, 0.6, 0.5), at(12, 24, 0.8, 0.5));
    List<Cluster> fused = InstanceFusion.gaussian().clusters(two);
    assertEquals(1, fused.size());
    assertEquals(List.of(1, 0), fused.get(0).members());
    Proposal mean = fused.get(0).instance();
    assertEquals(11, mean.start(), TOLERANCE);
    assertEquals(22, mean.end(), TOLERANCE);
    assertEquals(0.7, mean.score(), TOLERANCE);
    assertEquals(0.5, mean.innerMean(), TOLERANCE);
  }

  /** The leader covers 5 of the 20 (plus 1 each) of the other: exactly the threshold. */
  @Test
  void anOverlapAtTheThresholdDoesNotJoin() {
    List<Proposal> two = List.of(at(0, 10, 0.9, 1), at(6, 25, 0.5, 1));
    InstanceFusion quarter = InstanceFusion.gaussian();
    assertEquals(2, quarter.clusters(two).size());
    InstanceFusion less =
        new InstanceFusion(
            FusionTemplate.GAUSSIAN, Overlap.COVERAGE, Math.nextDown(0.25), Logit.INNER, 1);
    assertEquals(1, less.clusters(two).size());
  }

  /** A long leader covers a short candidate whole, though their IoU is small. */
  @Test
  void coverageIsOfTheOtherOne() {
    List<Proposal> two = List.of(at(0, 99, 0.9, 1), at(10, 12, 0.5, 1));
    assertEquals(1, InstanceFusion.gaussian().clusters(two).size());
    InstanceFusion iou =
        new InstanceFusion(FusionTemplate.GAUSSIAN, Overlap.IOU, 0.25, Logit.INNER, 1);
    assertEquals(2, iou.clusters(two).size());
    List<Proposal> shortFirst = List.of(at(0, 99, 0.5, 1), at(10, 12, 0.9, 1));
    assertEquals(2, InstanceFusion.gaussian().clusters(shortFirst).size());
  }

  @Test
  void theSmallestTemperatureKeepsTheMemberOfTheLargestLogit() {
    List<Proposal> three = List.of(at(0, 10, 0.9, 0.2), at(1, 12, 0.5, 0.9), at(2, 11, 0.4, 0.89));
    Proposal fused =
        InstanceFusion.gaussian().withTemperature(1e-6).clusters(three).get(0).instance();
    assertEquals(three.get(1), fused);
  }

  @Test
  void templatesDiffer() {
    List<Proposal> three = List.of(at(0, 30, 0.9, 1), at(1, 31, 0.5, 1), at(8, 32, 0.4, 1));
    InstanceFusion fusion = InstanceFusion.gaussian();
    assertEquals(3, start(fusion, three), TOLERANCE);
    assertEquals(4, start(fusion.withTemplate(FusionTemplate.UNIFORM), three), TOLERANCE);
    assertEquals(1, start(fusion.withTemplate(FusionTemplate.EXPONENTIAL), three), TOLERANCE);
    assertEquals(0, start(fusion.withTemplate(FusionTemplate.LEADER), three), TOLERANCE);
    double student = start(fusion.withTemplate(FusionTemplate.STUDENT), three);
    assertTrue(student > 1 && student < 3, "the outlier counts less: " + student);
  }

  private static double start(InstanceFusion fusion, List<Proposal> candidates) {
    List<Cluster> clusters = fusion.clusters(candidates);
    assertEquals(1, clusters.size());
    return clusters.get(0).instance().start();
  }

  /** Two of probability one half each: every point between them is a median. */
  @Test
  void theMedianOfTwoIsTheirMiddle() {
    List<Proposal> two = List.of(at(10, 20, 0.6, 0.5), at(12, 24, 0.8, 0.5));
    assertEquals(
        11, start(InstanceFusion.gaussian().withTemplate(FusionTemplate.EXPONENTIAL), two));
  }

  @Test
  void everyCandidateIsInOneClusterOfItsClass() {
    Random random = new Random(1);
    for (int round = 0; round < 200; round++) {
      List<Proposal> candidates = random(random, random.nextInt(30));
      for (FusionTemplate template : FusionTemplate.values()) {
        InstanceFusion fusion = InstanceFusion.gaussian().withTemplate(template);
        boolean[] seen = new boolean[candidates.size()];
        double last = Double.POSITIVE_INFINITY;
        for (Cluster cluster : fusion.clusters(candidates)) {
          Proposal fused = cluster.instance();
          double leader = candidates.get(cluster.members().get(0)).score();
          assertTrue(leader <= last, "leaders by descending score");
          last = leader;
          double least = Double.POSITIVE_INFINITY;
          double most = Double.NEGATIVE_INFINITY;
          for (int i : cluster.members()) {
            assertTrue(!seen[i], "candidate " + i + " twice");
            seen[i] = true;
            assertEquals(candidates.get(i).label(), fused.label());
            least = Math.min(least, candidates.get(i).start());
            most = Math.max(most, candidates.get(i).end());
          }
          assertTrue(fused.start() >= least - 1e-9 && fused.end() <= most + 1e-9);
          assertTrue(fused.start() <= fused.end());
        }
        for (boolean in : seen) {
          assertTrue(in);
        }
      }
    }
  }

  @Test
  void theOrderOfCandidatesDoesNotMatterWithoutTies() {
    Random random = new Random(2);
    for (int round = 0; round < 100; round++) {
      List<Proposal> candidates = random(random, 20);
      List<Proposal> shuffled = new ArrayList<>(candidates);
      Collections.shuffle(shuffled, random);
      InstanceFusion fusion = InstanceFusion.gaussian();
      List<Proposal> one = fusion.proposals(candidates);
      List<Proposal> other = fusion.proposals(shuffled);
      assertEquals(one.size(), other.size());
      for (int i = 0; i < one.size(); i++) {
        assertEquals(one.get(i).label(), other.get(i).label());
        assertEquals(one.get(i).start(), other.get(i).start(), 1e-9);
        assertEquals(one.get(i).score(), other.get(i).score(), 1e-9);
      }
    }
  }

  /** 1 / 0.0016 is e^625 times e^0, which no float holds. */
  @Test
  void aSmallTemperatureOverflowsNothing() {
    List<Proposal> two = List.of(at(0, 10, 0.9, 1e3), at(1, 11, 0.8, 1e3 - 1e-3));
    Proposal fused =
        InstanceFusion.gaussian().withTemperature(0.0016).clusters(two).get(0).instance();
    double p = Math.exp(-1e-3 / 0.0016) / (1 + Math.exp(-1e-3 / 0.0016));
    assertEquals(p, fused.start(), 1e-9);
  }

  @Test
  void detectionsAreFusedByTheirScore() {
    List<Detection> found =
        InstanceFusion.gaussian()
            .withTemperature(1e9)
            .detections(
                List.of(
                    new Detection("run", new Segment(0, 10), 0.2),
                    new Detection("jump", new Segment(0, 10), 0.3),
                    new Detection("run", new Segment(2, 12), 0.4)));
    assertEquals(List.of("jump", "run"), found.stream().map(Detection::label).sorted().toList());
    Detection run = found.stream().filter(d -> d.label().equals("run")).findFirst().orElseThrow();
    assertEquals(1, run.segment().start(), 1e-6);
    assertEquals(0.3, run.score(), 1e-6);
  }

  @Test
  void nothingFromNothing() {
    assertEquals(List.of(), InstanceFusion.gaussian().proposals(List.of()));
  }

  @Test
  void refusesWhatIsNoNumber() {
    InstanceFusion fusion = InstanceFusion.gaussian();
    for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThrows(
          IllegalArgumentException.class, () -> fusion.clusters(List.of(at(0, 1, 0.5, bad))));
      assertThrows(
          IllegalArgumentException.class, () -> fusion.clusters(List.of(at(0, 1, bad, 0.5))));
    }
    assertThrows(
        IllegalArgumentException.class, () -> fusion.clusters(List.of(at(2, 1, 0.5, 0.5))));
    assertThrows(IllegalArgumentException.class, () -> fusion.withTemperature(0));
  }
}
