// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.apn;

import dev.kairos.autograd.Variable;
import dev.kairos.methods.apn.medoids.BoundaryRegions;
import dev.kairos.methods.apn.medoids.MarkedPoints.MarkedPoint;
import dev.kairos.methods.apn.medoids.PseudoActions;
import dev.kairos.methods.apn.medoids.PseudoActions.BackgroundInstance;
import dev.kairos.methods.apn.medoids.PseudoActions.PseudoAction;
import dev.kairos.methods.tal.Interval;
import dev.kairos.nn.Parameters;
import dev.kairos.nn.TrainingPass;
import dev.kairos.tensor.Engine;
import dev.kairos.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * A batch of recordings of one length with pseudo actions and proposals by rule, for a benchmark of
 * APN's training step: our loss of it, and in plain arrays what another library needs for the same
 * loss. In the package of the method, nothing of which is public for a benchmark.
 *
 * @param recordings V
 * @param snippets T of each
 * @param width D of the features, and of the embedded ones
 * @param proposals of each recording that train
 * @param inner width of the encoder, of all hidden layers and of the vectors of class names
 */
public record ApnCase(int recordings, int snippets, int width, int proposals, int inner) {
  /** M. */
  public static final int CLASSES = 20;

  private static final int SAMPLES = 32;
  private static final int HEADS = 8;
  private static final int LAYERS = 2;
  private static final int SPACING = 20; // snippets from one point to the next
  private static final int LONGEST = 40;
  private static final ApnLosses.Options OPTIONS =
      new ApnLosses.Options(
          1,
          0.1,
          0,
          ProposalLosses.standard(),
          ContrastiveLoss.standard(),
          true,
          BoundaryRegions.DEFAULT,
          ProposalSamples.Outside.ZERO);

  /**
   * Our loss.
   *
   * @param parameters without weights so far; all are made
   * @param features {@code [V,T,D]}, row by row
   * @param texts vectors of the classes {@code [M,E]}, row by row
   */
  public Function<TrainingPass, Variable> loss(
      Parameters parameters, float[] features, float[] texts) {
    Engine engine = parameters.engine();
    ApnNetwork network =
        new ApnNetwork(
            parameters,
            width,
            engine.tensor(texts, CLASSES, inner),
            new ApnNetwork.Sizes(
                width,
                inner,
                new ProposalEncoder.Sizes(
                    SAMPLES, inner, HEADS, LAYERS, inner, ProposalEncoder.Pooling.MEAN),
                Confidence.Kind.TEXT,
                -1,
                0));
    int[] lengths = new int[recordings];
    Arrays.fill(lengths, snippets);
    JoinedRecordings joined = new JoinedRecordings(lengths, 1);
    float[] rows = new float[joined.rows() * width];
    int each = snippets * width;
    for (int v = 0; v < recordings; v++) {
      System.arraycopy(features, v * each, rows, joined.start(v) * width, each);
    }
    Tensor x = engine.tensor(rows, 1, joined.rows(), width);
    ApnLosses losses = new ApnLosses(network, OPTIONS, SAMPLES);
    List<PseudoActions> actions = actions();
    List<TrainingProposals> chosen = actions.stream().map(this::chosen).toList();
    return pass ->
        Objects.requireNonNull(
            losses
                .of(
                    pass,
                    x,
                    joined,
                    (v, embedded, classes) -> actions.get(v),
                    (v, classes) -> {
                      throw new IllegalStateException("there is no classifier of snippets");
                    },
                    (v, starts, ends, labels) -> chosen.get(v))
                .get("loss"));
  }

  /** An action in the middle of each stretch, every class at least twice in a recording. */
  private PseudoActions actions(int recording) {
    int count = count();
    List<PseudoAction> actions = new ArrayList<>();
    List<BackgroundInstance> background = new ArrayList<>();
    List<Integer> divisions = new ArrayList<>();
    int before = 0;
    for (int k = 0; k < count; k++) {
      int from = k * snippets / count;
      int room = (k + 1) * snippets / count - from;
      Interval own = new Interval(from + room / 4, from + room - room / 4);
      int middle = from + room / 2;
      int label = (recording + k % (count / 2)) % CLASSES;
      actions.add(new PseudoAction(new MarkedPoint(middle, List.of(label)), own, middle));
      background.add(new BackgroundInstance(new Interval(before, own.start()), before));
      before = own.end();
      if (k + 1 < count) {
        divisions.add(from + room - 1);
      }
    }
    background.add(new BackgroundInstance(new Interval(before, snippets), before));
    return new PseudoActions(actions, background, divisions, 1);
  }

  /** Evenly chosen ones of all that hold one point. */
  private TrainingProposals chosen(PseudoActions actions) {
    double[] equal = new double[snippets]; // so that every snippet is a candidate
    Arrays.fill(equal, 0.5);
    TrainingProposals all =
        TrainingProposals.of(
            BoundaryProposals.of(equal, equal, 1, LONGEST),
            actions,
            snippets,
            TrainingProposals.Kind.ONE_POINT,
            true);
    int found = all.count();
    return all.select(
        IntStream.range(0, proposals).map(p -> (int) ((long) p * found / proposals)).toArray());
  }

  private List<PseudoActions> actions() {
    return IntStream.range(0, recordings).mapToObj(this::actions).toList();
  }

  /** All proposals, recording by recording, and of which recording each is. */
  private void forEachProposal(EachProposal each) {
    int at = 0;
    for (int v = 0; v < recordings; v++) {
      TrainingProposals chosen = chosen(actions(v));
      for (TrainingProposals.One one : chosen.all()) {
        each.accept(at++, v, one.interval(), one.labels().get(0), one.overlap());
      }
    }
  }

  @FunctionalInterface
  private interface EachProposal {
    void accept(int at, int recording, Interval interval, int label, double overlap);
  }

  /** Samples of all proposals, V P N. */
  private int samples() {
    return recordings * proposals * SAMPLES;
  }

  /**
   * Between which rows of {@code [V T]} the samples lie, {@code [V P N]}.
   *
   * @param ahead 0 for the row before, 1 for the one behind
   */
  public int[] sampleRows(int ahead) {
    int[] rows = new int[samples()];
    forEachProposal(
        (at, v, interval, label, overlap) -> {
          for (int n = 0; n < SAMPLES; n++) {
            int row = (int) Math.floor(place(interval, n)) + ahead;
            rows[at * SAMPLES + n] = v * snippets + Math.max(0, Math.min(snippets - 1, row));
          }
        });
    return rows;
  }

  /**
   * How much each of those rows counts, {@code [V P N]}: nothing outside the recording.
   *
   * @param ahead as for the rows
   */
  public float[] sampleShares(int ahead) {
    float[] shares = new float[samples()];
    forEachProposal(
        (at, v, interval, label, overlap) -> {
          for (int n = 0; n < SAMPLES; n++) {
            double place = place(interval, n);
            double row = Math.floor(place) + ahead;
            double share = 1 - Math.abs(place - row);
            shares[at * SAMPLES + n] = row < 0 || row >= snippets ? 0 : (float) share;
          }
        });
    return shares;
  }

  private static double place(Interval interval, int sample) {
    double length = interval.length();
    return interval.start() - length / 10 + sample * 1.2 * length / (SAMPLES - 1) - 0.5;
  }

  /**
   * Weights of the logarithms of boundary probabilities, {@code [V,2,T]}.
   *
   * @param there 1 for those of p where a boundary is, 0 for those of 1 - p where none is
   */
  public float[] boundaryWeights(int there) {
    float[] weights = new float[recordings * 2 * snippets];
    for (int channel = 0; channel < 2; channel++) {
      int counted = 0;
      for (int pass = 0; pass < 2; pass++) {
        for (int v = 0; v < recordings; v++) {
          List<Interval> intervals = actions(v).intervals();
          float[] labels =
              channel == 0
                  ? OPTIONS.regions().startLabels(intervals, snippets)
                  : OPTIONS.regions().endLabels(intervals, snippets);
          for (int t = 0; t < snippets; t++) {
            if (labels[t] == there) {
              weights[(v * 2 + channel) * snippets + t] = 0.5f / Math.max(counted, 1);
              counted += 1 - pass;
            }
          }
        }
      }
    }
    return weights;
  }

  /** Weights of the logarithms of class scores {@code [V P,M]}: a proposal has one class. */
  public float[] classWeights() {
    float[] weights = new float[recordings * proposals * CLASSES];
    forEachProposal(
        (at, v, interval, label, overlap) ->
            weights[at * CLASSES + label] = 1f / (recordings * proposals));
    return weights;
  }

  /** What the confidence is to be, {@code [V P,M]}. */
  public float[] confidenceTargets() {
    float[] targets = new float[recordings * proposals * CLASSES];
    forEachProposal(
        (at, v, interval, label, overlap) -> targets[at * CLASSES + label] = (float) overlap);
    return targets;
  }

  /** Weights of the confidence's misfit {@code [V P,M]}: all other classes count as much as its. */
  public float[] confidenceWeights() {
    float[] weights = new float[recordings * proposals * CLASSES];
    Arrays.fill(weights, 1f / (CLASSES - 1) / (recordings * proposals));
    forEachProposal(
        (at, v, interval, label, overlap) ->
            weights[at * CLASSES + label] = 1f / (recordings * proposals));
    return weights;
  }

  /** Rows whose products with embedded features are means of stretches, {@code [V,2A+B,T]}. */
  public float[] means() {
    int stretches = 3 * count() + 1;
    float[] means = new float[recordings * stretches * snippets];
    for (int v = 0; v < recordings; v++) {
      PseudoActions actions = actions(v);
      List<Interval> all = new ArrayList<>();
      actions.intervals().forEach(each -> all.add(OPTIONS.regions().start(each, snippets)));
      actions.intervals().forEach(each -> all.add(OPTIONS.regions().end(each, snippets)));
      actions.background().forEach(each -> all.add(each.snippets()));
      for (int i = 0; i < stretches; i++) {
        int row = (v * stretches + i) * snippets;
        Interval own = all.get(i);
        Arrays.fill(means, row + own.start(), row + own.end(), 1f / own.length());
      }
    }
    return means;
  }

  /**
   * What an action is compared with: 0 for what counts and else minus infinity, {@code [V,A,A+B]}.
   *
   * @param background whether background counts, beside other actions of the class
   */
  public float[] compared(boolean background) {
    int count = count();
    int width = 2 * count + 1;
    float[] compared = new float[recordings * count * width];
    Arrays.fill(compared, Float.NEGATIVE_INFINITY);
    for (int v = 0; v < recordings; v++) {
      List<PseudoAction> own = actions(v).actions();
      for (int a = 0; a < count; a++) {
        int row = (v * count + a) * width;
        for (int p = 0; p < count; p++) {
          if (p != a && own.get(p).labels().equals(own.get(a).labels())) {
            compared[row + p] = 0;
          }
        }
        if (background) {
          Arrays.fill(compared, row + count, row + width, 0);
        }
      }
    }
    return compared;
  }

  /** A, actions of a recording. */
  public int count() {
    return Math.max(2, snippets / SPACING);
  }

  /**
   * Multiply-adds of a step's products, twice: those of the convolutions, the map before sampling
   * and the encoder; the first convolution needs no gradient of its input.
   */
  public double operations() {
    double rows = (double) recordings * snippets;
    double square = (double) width * width;
    double hidden = (double) inner * inner;
    double embedding = rows * 3 * square;
    double boundaries = rows * (3.0 * width * inner + 3 * hidden + 2.0 * inner);
    double map = rows * width * inner;
    double tokens = (double) recordings * proposals * (SAMPLES + 1);
    double encoder = tokens * LAYERS * (12 * hidden + 2.0 * (SAMPLES + 1) * inner);
    return 2 * (2 * embedding + 3 * (boundaries + map + encoder));
  }
}
