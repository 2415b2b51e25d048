// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.proposal;

import dev.kairos.methods.tal.Detection;
import dev.kairos.methods.tal.Proposal;
import dev.kairos.methods.tal.Segment;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import it.unimi.dsi.fastutil.ints.IntList;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Fusion of overlapping instances, class by class: the remaining candidate with the highest score
 * (the last of equals) leads, and it and all others of its class whose overlap with it is larger
 * than {@code threshold} become one instance; until none is left. Each coordinate of the fused
 * instance (start, end, score) is the location of a probability density that is fitted to those of
 * the members, which are weighted by {@code softmax(logit / temperature)}. Without a template the
 * leader stays as it is: suppression by the same overlap.
 *
 * <p>Lengths and intersections count 1 more, as the published code has it, so coordinates are in
 * snippets.
 *
 * <p>Source: Zhou et al., "Improving Weakly Supervised Temporal Action Localization by Bridging
 * Train-Test Gap in Pseudo Labels", CVPR 2023, equations 1 to 4; the overlap and the logit are
 * settings because text and published code differ.
 *
 * @param template the density
 * @param overlap what counts as overlap
 * @param threshold overlap beyond which a candidate joins, at least 0
 * @param logit what weights a member
 * @param temperature divides the logits, positive: the smaller, the more the best member counts
 */
public record InstanceFusion(
    FusionTemplate template, Overlap overlap, double threshold, Logit logit, double temperature)
    implements Suppression {

  /** What counts as the overlap of a candidate with the leader. */
  public enum Overlap {
    /** The share of the candidate that the leader covers. */
    COVERAGE,
    /** Intersection over union. */
    IOU
  }

  /** What weights a member. */
  public enum Logit {
    /** The mean of the curve inside it. */
    INNER,
    /** Its score. */
    SCORE
  }

  /**
   * A fused instance and where it comes from.
   *
   * @param instance the fused instance; its inner mean is fused like its score
   * @param members positions in the list of candidates, the leader's first, then ascending
   */
  public record Cluster(Proposal instance, List<Integer> members) {
    /** Copies the members. */
    public Cluster {
      members = List.copyOf(members);
    }
  }

  private static final Comparator<Cluster> BY_SCORE =
      Comparator.comparingDouble((Cluster c) -> c.instance().score()).reversed();

  /** Checks the ranges. */
  public InstanceFusion {
    if (!(threshold >= 0 && temperature > 0 && Double.isFinite(temperature))) {
      throw new IllegalArgumentException(
          "fusion: needs a threshold of at least 0 and a positive temperature: "
              + (threshold + ", " + temperature));
    }
  }

  /**
   * Gaussian fusion with the overlap and the logit of the published code, and the paper's
   * temperature for testing.
   */
  public static InstanceFusion gaussian() {
    return new InstanceFusion(FusionTemplate.GAUSSIAN, Overlap.COVERAGE, 0.25, Logit.INNER, 0.03);
  }

  /** The same with another template. */
  public InstanceFusion withTemplate(FusionTemplate other) {
    return new InstanceFusion(other, overlap, threshold, logit, temperature);
  }

  /** The same at another temperature. */
  public InstanceFusion withTemperature(double other) {
    return new InstanceFusion(template, overlap, threshold, logit, other);
  }

  @Override
  public boolean countsSnippets() {
    return true;
  }

  /**
   * Fuses candidates whose times are taken for snippets and whose score is their logit: detections
   * have no inner mean.
   */
  @Override
  public List<Detection> detections(List<Detection> candidates) {
    Map<String, Integer> labels = new HashMap<>();
    List<Proposal> proposals = new ArrayList<>(candidates.size());
    for (Detection d : candidates) {
      int label = labels.computeIfAbsent(d.label(), name -> labels.size());
      proposals.add(new Proposal(label, d.segment().start(), d.segment().end(), d.score()));
    }
    return clusters(proposals).stream()
        .sorted(BY_SCORE)
        .map(
            c ->
                new Detection(
                    candidates.get(c.members().get(0)).label(),
                    new Segment(c.instance().start(), c.instance().end()),
                    c.instance().score()))
        .toList();
  }

  @Override
  public List<Proposal> proposals(List<Proposal> candidates) {
    return clusters(candidates).stream().sorted(BY_SCORE).map(Cluster::instance).toList();
  }

  /**
   * The fused instances in the order of their leaders.
   *
   * @throws IllegalArgumentException if a candidate's score or logit is not finite or it ends
   *     before it starts
   */
  public List<Cluster> clusters(List<Proposal> candidates) {
    TemporalOverlap all = TemporalOverlap.ofProposals(candidates, 1);
    int[] order = all.byDescendingScore();
    boolean[] taken = new boolean[order.length];
    List<Cluster> clusters = new ArrayList<>();
    for (int leader : order) {
      if (taken[leader]) {
        continue;
      }
      IntArrayList members = new IntArrayList(new int[] {leader});
      taken[leader] = true;
      for (int i = 0; i < taken.length; i++) {
        if (!taken[i] && all.label[i] == all.label[leader] && joins(all, leader, i)) {
          taken[i] = true;
          members.add(i);
        }
      }
      clusters.add(new Cluster(fuse(candidates, members), members));
    }
    return clusters;
  }

  private boolean joins(TemporalOverlap all, int leader, int other) {
    double shared =
        switch (overlap) {
          case COVERAGE -> all.coverage(leader, other);
          case IOU -> all.iou(leader, other);
        };
    return shared > threshold;
  }

  private Proposal fuse(List<Proposal> candidates, IntList members) {
    Proposal leader = candidates.get(members.getInt(0));
    Proposal[] joined = new Proposal[members.size()];
    for (int i = 0; i < joined.length; i++) {
      joined[i] = candidates.get(members.getInt(i));
    }
    double[] p = probabilities(joined);
    double start = location(joined, p, Proposal::start);
    double end = location(joined, p, Proposal::end);
    return new Proposal(
        leader.label(),
        start,
        Math.max(start, end), // Student's rounds may end apart from each other
        location(joined, p, Proposal::score),
        location(joined, p, Proposal::innerMean));
  }

  private double location(Proposal[] members, double[] p, ToDoubleFunction<Proposal> of) {
    double[] x = new double[members.length];
    for (int i = 0; i < x.length; i++) {
      x[i] = of.applyAsDouble(members[i]);
    }
    return template.location(x, p);
  }

  /** Equation 3, with the largest logit subtracted: at a small temperature powers overflow. */
  private double[] probabilities(Proposal[] members) {
    double[] p = new double[members.length];
    double largest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < p.length; i++) {
      p[i] =
          switch (logit) {
            case INNER -> members[i].innerMean();
            case SCORE -> members[i].score();
          };
      if (!Double.isFinite(p[i]) || !Double.isFinite(members[i].score())) {
        throw new IllegalArgumentException(
            "fusion: needs a finite score and inner mean of each candidate: " + members[i]);
      }
      largest = Math.max(largest, p[i]);
    }
    double sum = 0;
    for (int i = 0; i < p.length; i++) {
      p[i] = Math.exp((p[i] - largest) / temperature);
      sum += p[i];
    }
    for (int i = 0; i < p.length; i++) {
      p[i] /= sum;
    }
    return p;
  }
}
