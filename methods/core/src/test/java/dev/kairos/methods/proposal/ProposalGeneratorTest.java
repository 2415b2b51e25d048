// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.proposal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.methods.tal.Cas;
import dev.kairos.methods.tal.Detection;
import dev.kairos.methods.tal.Prediction;
import dev.kairos.methods.tal.Proposal;
import dev.kairos.methods.tal.Segment;
import dev.kairos.methods.tal.SnippetGrid;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProposalGeneratorTest {
  private static final List<String> NAMES = List.of("a", "b");
  private static final ProposalOptions COARSE =
      ProposalOptions.basnet().withUpsampling(1).withThresholds(List.of(0.5));

  private static Cas column(double... scores) {
    double[][] rows = new double[scores.length][];
    for (int t = 0; t < rows.length; t++) {
      rows[t] = new double[] {scores[t], 0, 0};
    }
    return Cas.of(rows);
  }

  private static Prediction prediction(Cas cas) {
    return Prediction.of(new double[] {0.4, 0.1, 0.5}, cas);
  }

  private static List<Detection> detect(ProposalOptions options, Cas cas, SnippetGrid grid) {
    return new ProposalGenerator(options).detections(prediction(cas), grid, NAMES);
  }

  @Test
  void timeComesFromTheRecordingsOwnLength() {
    Cas cas = column(0, 1, 1, 0); // 4 samples of 10 snippets of 0.5 s: 1.25 s a sample
    SnippetGrid grid = new SnippetGrid(30, 15, 10);
    assertEquals(
        List.of(new Detection("a", new Segment(1.25, 3.75), 1.2)), detect(COARSE, cas, grid));
    List<Proposal> proposals = new ProposalGenerator(COARSE).candidates(prediction(cas), 0, grid);
    assertEquals(List.of(new Proposal(0, 2.5, 7.5, 1.2, 1)), proposals);
  }

  @Test
  void theOuterMeanSeesThresholdedOrRawValues() {
    Cas cas = column(0.4, 0.8, 0.8, 0.8, 0.8, 0.4, 0, 0);
    SnippetGrid grid = new SnippetGrid(1, 1, 8);
    assertEquals(0.8 + 0.2, detect(COARSE, cas, grid).get(0).score(), 1e-12);
    ProposalOptions raw = ProposalOptions.ptlr().withUpsampling(1).withThresholds(List.of(0.5));
    // Inner 0.8, outer 0.4, class weight 0.2 * 0.4.
    assertEquals(0.8 - 0.4 + 0.08, detect(raw, cas, grid).get(0).score(), 1e-12);
  }

  @Test
  void runsBeginAtOrAboveTheThreshold() {
    Cas cas = column(0.5, 0.75, 0.5, 0);
    SnippetGrid grid = new SnippetGrid(1, 1, 4);
    assertEquals(new Segment(0, 3), detect(COARSE, cas, grid).get(0).segment());
    ProposalOptions above = COARSE.withRuns(ProposalOptions.Runs.ABOVE);
    assertEquals(new Segment(1, 2), detect(above, cas, grid).get(0).segment());
    List<Proposal> all = new ProposalGenerator(COARSE).candidates(prediction(cas), 0, grid);
    assertEquals((0.5 + 0.75 + 0.5) / 3, all.get(0).innerMean(), 1e-15);
  }

  @Test
  void theMarginMayGrowSlowerThanTheRun() {
    Cas cas = column(0.2, 0.4, 0.8, 0.8, 0.8, 0.8, 0.4, 0.2, 0);
    SnippetGrid grid = new SnippetGrid(1, 1, 9);
    ProposalOptions raw = ProposalOptions.ptlr().withUpsampling(1).withThresholds(List.of(0.5));
    // 4 positions: a half is 2 on each side, a half of the root is 1.
    ProposalOptions half = raw.withScoring(OuterMargin.fraction(0.5), 0);
    assertEquals(0.8 - 0.3, detect(half, cas, grid).get(0).score(), 1e-12);
    ProposalOptions root = raw.withScoring(new OuterMargin(0.5, 0.5), 0);
    assertEquals(0.8 - 0.4, detect(root, cas, grid).get(0).score(), 1e-12);
  }

  @Test
  void classZeroAndPositionZeroAreLegal() {
    SnippetGrid grid = new SnippetGrid(1, 1, 3);
    assertEquals(
        List.of(new Detection("a", new Segment(0, 1), 1.2)), detect(COARSE, column(1, 0, 0), grid));
    assertEquals(
        List.of(new Detection("a", new Segment(0, 3), 1.2)), detect(COARSE, column(1, 1, 1), grid));
  }

  @Test
  void aClassWithoutAnythingAboveAThresholdGivesNothing() {
    SnippetGrid grid = new SnippetGrid(1, 1, 3);
    assertEquals(List.of(), detect(COARSE, column(0.1, -3, 0.2), grid));
    assertEquals(List.of(), detect(ProposalOptions.basnet(), column(0, 0, 0), grid));
  }

  @Test
  void aVideoWithoutAClassIsSearchedForTheBestUnlessForbidden() {
    Cas cas = Cas.of(new double[][] {{1, 0}, {0, 1}});
    SnippetGrid grid = new SnippetGrid(1, 1, 2);
    double[] low = {0.1, 0.2};
    List<Detection> best =
        new ProposalGenerator(COARSE).detections(Prediction.of(low, cas), grid, NAMES);
    assertEquals(List.of(new Detection("b", new Segment(1, 2), 1.2)), best);
    ProposalOptions strict = COARSE.withClassThreshold(0.25, false);
    assertEquals(
        List.of(), new ProposalGenerator(strict).detections(Prediction.of(low, cas), grid, NAMES));
  }

  @Test
  void allSequencesMeetInOneSuppression() {
    SnippetGrid grid = new SnippetGrid(1, 1, 4);
    Prediction two =
        new Prediction(
            new double[] {0.4, 0},
            Map.of("x", column(0, 0.9, 0.9, 0), "y", column(0, 0.6, 0.6, 0)),
            List.of(new Proposal(0, 1, 3.2, 0.3), new Proposal(1, 1, 3, 5)));
    ProposalGenerator generator = new ProposalGenerator(COARSE, List.of("x", "y"));
    assertEquals(3, generator.candidates(two, 0, grid).size(), "with one of the model's own");
    List<Detection> kept = generator.detections(two, grid, NAMES);
    assertEquals(1, kept.size());
    assertEquals(1.1, kept.get(0).score(), 1e-12);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void scalingTimeScalesDetectionsWithPlainSuppression(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] scores = random.doubles(60).toArray();
    ProposalOptions plain =
        ProposalOptions.ptlr().withSuppression(new NonMaximumSuppression(0.7, false));
    List<Detection> slow = detect(plain, column(scores), new SnippetGrid(25, 16, 80));
    List<Detection> fast = detect(plain, column(scores), new SnippetGrid(100, 16, 80));
    assertTrue(slow.size() > 3, "seed " + seed);
    List<Detection> scaled = new ArrayList<>();
    for (Detection d : fast) {
      Segment segment = new Segment(4 * d.segment().start(), 4 * d.segment().end());
      scaled.add(new Detection(d.label(), segment, d.score()));
    }
    assertEquals(slow, scaled, "seed " + seed);
  }

  @Test
  void rejectsWhatDoesNotFit() {
    SnippetGrid grid = new SnippetGrid(1, 1, 3);
    ProposalGenerator generator = new ProposalGenerator(COARSE);
    assertThrows(
        IllegalArgumentException.class,
        () -> generator.candidates(new Prediction(new double[3], Map.of(), List.of()), 0, grid));
    assertThrows(
        IllegalArgumentException.class,
        () -> generator.candidates(prediction(column(1, 1)), 3, grid));
    assertThrows(
        IllegalArgumentException.class,
        () -> generator.detections(Prediction.of(new double[1], column(1, 1)), grid, NAMES));
  }

  @Test
  void presetsHaveThePublishedThresholds() {
    assertEquals(10, ProposalOptions.basnet().thresholds().size());
    assertEquals(0.225, ProposalOptions.basnet().thresholds().get(9), 1e-15);
    assertEquals(21, ProposalOptions.ptlr().thresholds().size());
    assertEquals(0.5, ProposalOptions.ptlr().thresholds().get(20));
    assertEquals(3 * 0.025, ProposalOptions.ptlr().thresholds().get(3));
  }

  @Test
  void optionsRejectWhatMakesNoSense() {
    ProposalOptions ok = ProposalOptions.ptlr();
    for (Runnable bad :
        Arrays.<Runnable>asList(
            () -> ok.withThresholds(List.of()),
            () -> ok.withThresholds(List.of(Double.NaN)),
            () -> ok.withUpsampling(0),
            () -> OuterMargin.fraction(-1),
            () -> OuterMargin.fraction(Double.NaN),
            () -> new OuterMargin(1, 0),
            () -> new OuterMargin(1, 1.1),
            () -> ok.withScoring(OuterMargin.fraction(0), Double.NaN),
            () -> ok.withClassThreshold(Double.NaN, true))) {
      assertThrows(IllegalArgumentException.class, bad::run);
    }
  }

  @Test
  void aGuideCutsRunsThatTheCasScores() {
    Cas length = Cas.of(new double[] {0, 0, 1, 1}, 4, 1);
    Prediction prediction =
        new Prediction(
            new double[] {0.4, 0.1, 0.5},
            Map.of(Prediction.CAS, column(0.2, 0.6, 0.6, 0.2), "length", length),
            List.of());
    List<ProposalGenerator.Guide> guides =
        List.of(new ProposalGenerator.Guide("length", List.of(0.5)));
    ProposalGenerator generator = new ProposalGenerator(COARSE, List.of(Prediction.CAS), guides, 2);
    List<Proposal> found = generator.candidates(prediction, 0, new SnippetGrid(1, 1, 4));
    // Of the CAS: inner 0.6, outer 0 below the threshold. By the guide: inner 0.4, outer 0.6.
    assertProposals(List.of(run(1, 3, 0.8, 0.6), run(2, 4, 0, 0.4)), found);
    NonMaximumSuppression none = new NonMaximumSuppression(1, false);
    assertProposals(
        List.of(run(1, 3, 0.6, 0.6), run(2, 4, -0.2, 0.4)),
        generator.instances(prediction, 2, none));
    ProposalGenerator longer = new ProposalGenerator(COARSE, List.of(Prediction.CAS), guides, 3);
    assertEquals(List.of(), longer.candidates(prediction, 0, new SnippetGrid(1, 1, 4)));
  }

  private static Proposal run(double start, double end, double score, double inner) {
    return new Proposal(0, start, end, score, inner);
  }

  private static void assertProposals(List<Proposal> expected, List<Proposal> found) {
    assertEquals(expected.size(), found.size(), found.toString());
    for (int i = 0; i < found.size(); i++) {
      Proposal e = expected.get(i);
      Proposal f = found.get(i);
      assertEquals(e.label(), f.label());
      assertEquals(e.start(), f.start());
      assertEquals(e.end(), f.end());
      assertEquals(e.score(), f.score(), 1e-12);
      assertEquals(e.innerMean(), f.innerMean(), 1e-12);
    }
  }

  @Test
  void aRuleSpreadsItsRowsOverTheRecording() {
    Cas cas = column(0, 0.5, 0.5, 0, 0);
    CandidateRule rule = new CandidateRule(List.of(0.1), OuterMargin.fraction(0.5), 1, 2, 1);
    NonMaximumSuppression none = new NonMaximumSuppression(1, false);
    // Inner 0.5, 0.5, 0 and outer 0: one snippet more than the run belongs to it.
    double score = 1.0 / 3;
    assertProposals(
        List.of(run(1, 4, score, score)),
        new RuleProposals(rule, 0.4, false, none).instances(prediction(cas), 2, none));
    Detection found =
        new RuleProposals(rule, 0.4, false, none)
            .detections(prediction(cas), new SnippetGrid(30, 15, 10), NAMES)
            .get(0);
    assertEquals(new Segment(1, 4), found.segment()); // a row is 2 snippets, a second
    assertEquals(
        List.of(), new RuleProposals(rule, 0.41, false, none).instances(prediction(cas), 2, none));
    assertEquals(
        1, new RuleProposals(rule, 0.41, true, none).instances(prediction(cas), 2, none).size());
  }
}
