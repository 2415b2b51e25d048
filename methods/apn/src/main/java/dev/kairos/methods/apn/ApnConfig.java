// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.apn;

import dev.kairos.methods.apn.medoids.ActionRule;
import dev.kairos.methods.apn.medoids.BoundaryRegions;
import dev.kairos.methods.apn.medoids.ConstrainedMedoids;
import dev.kairos.methods.apn.medoids.FrameDistance;
import dev.kairos.methods.apn.medoids.MarkedPoints.AliasPair;
import dev.kairos.methods.apn.medoids.ProbableActions;
import dev.kairos.methods.apn.medoids.RefreshSchedule;
import dev.kairos.methods.proposal.InstanceFusion;
import dev.kairos.methods.proposal.NonMaximumSuppression;
import dev.kairos.methods.proposal.Suppression;
import dev.kairos.methods.pseudolabel.PointTargets;
import dev.kairos.methods.settings.ConfigException;
import dev.kairos.methods.settings.ProposalSettings;
import dev.kairos.methods.settings.Settings;
import dev.kairos.nn.optim.Schedule;
import java.util.ArrayList;
import java.util.List;

/**
 * The hyperparameters of APN.
 *
 * @param length snippets that every recording is resampled to; 0 for its own
 * @param network sizes
 * @param points how points are joined
 * @param labels how pseudo actions are made and renewed
 * @param candidates which proposals there are
 * @param perRecording most proposals of a recording that train in a step
 * @param withPseudoActions whether the pseudo actions are among them
 * @param trained which proposals train
 * @param targets what a classifier of snippets is to say
 * @param losses weights and kinds
 * @param training batches, epochs, rate
 * @param inference from proposals to detections
 */
record ApnConfig(
    int length,
    Sizes network,
    Points points,
    Labels labels,
    Candidates candidates,
    int perRecording,
    boolean withPseudoActions,
    TrainingProposals.Kind trained,
    PointTargets.Options targets,
    ApnLosses.Options losses,
    Training training,
    Inference inference) {

  private static final int MAX = 1 << 20;

  /**
   * Sizes of the network.
   *
   * @param embedded channels of the embedded features; 0 for as many as the features have
   * @param boundary channels inside the boundary network
   * @param encoder of proposals
   * @param confidence what it is made of
   * @param snippetReach snippets to either side that a classifier of snippets looks at; -1 for none
   * @param snippetDropout share of the embedded features that is hidden from it
   */
  record Sizes(
      int embedded,
      int boundary,
      ProposalEncoder.Sizes encoder,
      Confidence.Kind confidence,
      int snippetReach,
      double snippetDropout) {

    /** With the width of the features put in. */
    ApnNetwork.Sizes of(int width) {
      return new ApnNetwork.Sizes(
          embedded == 0 ? width : embedded,
          boundary,
          encoder,
          confidence,
          snippetReach,
          snippetDropout);
    }
  }

  /**
   * How points are joined.
   *
   * @param aliases pairs of names of classes that may be names of one action
   * @param distance up to how many snippets apart two such points are one
   */
  record Points(List<String> aliases, int distance) {
    /** The pairs as indices; those of which a name is no class are left out. */
    List<AliasPair> pairs(List<String> classes) {
      List<AliasPair> pairs = new ArrayList<>();
      for (String pair : aliases) {
        int cut = pair.indexOf('=');
        int one = classes.indexOf(pair.substring(0, cut));
        int other = classes.indexOf(pair.substring(cut + 1));
        if (one >= 0 && other >= 0) {
          pairs.add(new AliasPair(one, other));
        }
      }
      return pairs;
    }
  }

  /**
   * How pseudo actions are made and renewed.
   *
   * @param clusters how they are made
   * @param schedule when they are renewed
   * @param logEvery epochs between looks at them for the report, 0 for none
   * @param quality whether those looks compare them with the annotated segments
   * @param byClasses whether snippets are compared by their class probabilities; else by their
   *     embedded features
   * @param classPower exponent of the probabilities that are compared
   * @param background its probability in every snippet, where pseudo actions follow the classes'
   *     probabilities themselves; 0 where they are made by medoids
   */
  record Labels(
      ConstrainedMedoids.Options clusters,
      RefreshSchedule schedule,
      int logEvery,
      boolean quality,
      boolean byClasses,
      double classPower,
      double background) {

    /** Makes pseudo actions. */
    ActionRule rule() {
      return background > 0
          ? new ProbableActions(background, clusters.reach())
          : new ConstrainedMedoids(clusters);
    }
  }

  /**
   * Which proposals there are.
   *
   * @param shortest least length in snippets
   * @param longest largest length in snippets
   */
  record Candidates(int shortest, int longest) {}

  /**
   * Batches, epochs, rate.
   *
   * @param batch recordings of a step
   * @param epochs passes over all recordings that have points
   * @param learningRate of Adam at the beginning
   * @param falls whether the rate falls like half a cosine; else it stays
   * @param weightDecay L2, added to the gradient
   */
  record Training(int batch, int epochs, double learningRate, boolean falls, double weightDecay) {

    /** The rate of each step. */
    Schedule rate(long steps) {
      return falls
          ? Schedule.cosine(learningRate, Math.max(1, steps))
          : Schedule.constant(learningRate);
    }
  }

  /**
   * From proposals to detections.
   *
   * @param proposals most that are encoded, the best by boundaries
   * @param scores of a proposal
   * @param rule which are left
   */
  record Inference(int proposals, ProposalScores scores, DetectionRule rule) {}

  /** Reads every key, with the published value as default where there is one. */
  static ApnConfig from(Settings settings) {
    settings.describedBy(ApnConfig.class);
    int longest = settings.size("longest", 64, 1, MAX);
    int shortest = settings.size("shortest", 1, 1, MAX);
    if (shortest > longest) {
      throw new ConfigException(
          "KCONF-003",
          "shortest (" + shortest + ") must not be above longest (" + longest + ")",
          "both are lengths of proposals in snippets");
    }
    double snippetWeight = settings.number("lambda3", 0, 0, 1e6);
    return new ApnConfig(
        settings.size("length", 0, 0, MAX),
        sizes(settings, snippetWeight),
        points(settings),
        labels(settings, longest, snippetWeight > 0),
        new Candidates(shortest, longest),
        settings.size("perRecording", 64, 1, MAX),
        settings.flag("addPseudoActions", true),
        settings.choice("pem.proposals", TrainingProposals.Kind.ONE_POINT),
        snippetWeight > 0 ? targets(settings) : PointTargets.Options.standard(),
        losses(settings, snippetWeight),
        new Training(
            settings.size("batch", 16, 1, MAX),
            settings.size("epochs", 30, 0, MAX),
            settings.number("learningRate", 1e-4, 0, 10),
            settings.choice("rate", "constant", "constant", "cosine").equals("cosine"),
            settings.number("weightDecay", 0, 0, 10)),
        inference(settings));
  }

  private static Sizes sizes(Settings settings, double weight) {
    int width = settings.size("width", 512, 1, 1 << 14);
    int heads = settings.size("heads", 8, 1, 1024);
    if (width % heads != 0) {
      throw new ConfigException(
          "KCONF-003",
          "width (" + width + ") must be divisible by heads (" + heads + ")",
          "each head of the encoder takes an equal part of it");
    }
    return new Sizes(
        settings.size("embedded", 0, 0, 1 << 14),
        settings.size("boundaryWidth", 512, 1, 1 << 14),
        new ProposalEncoder.Sizes(
            settings.size("samples", 32, 1, 1024),
            width,
            heads,
            settings.size("layers", 2, 1, 64),
            settings.size("classWidth", 512, 1, 1 << 14),
            settings.choice("visionPooling", ProposalEncoder.Pooling.MEAN)),
        settings.choice("confidence", Confidence.Kind.TEXT),
        weight == 0 ? -1 : settings.size("snippets.reach", 3, 0, 100),
        weight == 0 ? 0 : settings.number("snippets.dropout", 0.5, 0, 0.999));
  }

  private static Points points(Settings settings) {
    List<String> aliases = settings.texts("points.aliases", List.of());
    for (String pair : aliases) {
      if (!pair.matches("[^=]+=[^=]+")) {
        throw new ConfigException(
            "KCONF-003",
            "points.aliases: '" + pair + "' is no pair of classes",
            "for example CliffDiving=Diving");
      }
    }
    return new Points(aliases, settings.size("points.aliasDistance", 1, 0, MAX));
  }

  private static Labels labels(Settings settings, int longest, boolean hasSnippets) {
    int reach = settings.size("pseudo.reach", 0, 0, MAX);
    ConstrainedMedoids.Options standard =
        ConstrainedMedoids.Options.defaults(reach == 0 ? longest : reach);
    ConstrainedMedoids.Options clusters =
        new ConstrainedMedoids.Options(
            settings.choice("pseudo.mode", standard.mode()),
            settings.choice("pseudo.distance", FrameDistance.COSINE),
            standard.reach(),
            settings.size("pseudo.sameGap", standard.leastGapSame(), 1, MAX),
            settings.size("pseudo.otherGap", standard.leastGapDifferent(), 1, MAX),
            settings.size("pseudo.rounds", standard.maxRounds(), 1, MAX));
    int every = settings.size("pseudo.every", 10, 1, MAX);
    String refresh = settings.choice("pseudo.refresh", "on", "on", "never");
    return new Labels(
        clusters,
        refresh.equals("on") ? new RefreshSchedule(every) : RefreshSchedule.never(),
        settings.size("pseudo.logEvery", 10, 0, MAX),
        settings.flag("pseudo.quality", false),
        hasSnippets
            && settings
                .choice("pseudo.features", "classes", "classes", "embedded")
                .equals("classes"),
        hasSnippets ? settings.number("pseudo.classPower", 0.5, 0.01, 10) : 1,
        background(settings, hasSnippets));
  }

  /** The probability of background where pseudo actions follow class probabilities, else 0. */
  private static double background(Settings settings, boolean hasSnippets) {
    boolean isProbable =
        settings.choice("pseudo.rule", "medoids", "medoids", "classes").equals("classes");
    if (isProbable && !hasSnippets) {
      throw new ConfigException(
          "KCONF-003",
          "pseudo.rule=classes needs the classes of snippets",
          "lambda3 above 0 trains a classifier of snippets");
    }
    return isProbable ? settings.number("pseudo.background", 0.02, 1e-9, 0.999) : 0;
  }

  private static PointTargets.Options targets(Settings settings) {
    PointTargets.Options standard = PointTargets.Options.standard();
    return new PointTargets.Options(
        settings.number("snippets.growThreshold", standard.growThreshold(), 0, 1),
        settings.number("snippets.growWeight", standard.growWeight(), 0, 1e6),
        settings.number("snippets.backgroundThreshold", standard.backgroundThreshold(), 0, 1),
        settings.number("snippets.backgroundWeight", standard.backgroundWeight(), 0, 1e6),
        settings.number("snippets.absentWeight", standard.absentWeight(), 0, 1e6),
        settings.size("snippets.pointRadius", standard.radius(), 0, MAX));
  }

  private static ApnLosses.Options losses(Settings settings, double snippetWeight) {
    ContrastiveLoss contrast = ContrastiveLoss.standard();
    ProposalLosses proposals = ProposalLosses.standard();
    return new ApnLosses.Options(
        settings.number("lambda1", 1, 0, 1e6),
        settings.number("lambda2", 0.1, 0, 1e6),
        snippetWeight,
        new ProposalLosses(
            settings.choice("pem.classLoss", proposals.classLoss()),
            settings.choice("pem.target", proposals.target()),
            settings.number("pem.tau", proposals.threshold(), 0, 1),
            settings.choice("pem.form", proposals.form())),
        new ContrastiveLoss(
            settings.number("ctr.tau", contrast.temperature(), 1e-3, 1e6),
            settings.flag("ctr.unit", contrast.unit())),
        settings.choice("ctr.reduction", "mean", "mean", "sum").equals("mean"),
        new BoundaryRegions(settings.number("boundaryRegion", 0.5, 0.01, 1e6)),
        settings.choice("outside", ProposalSamples.Outside.ZERO));
  }

  private static Inference inference(Settings settings) {
    List<Double> powers = settings.numbers("scorePowers", List.of(1.0, 1.0, 1.0, 1.0, 0.0));
    if (powers.size() != 5 || powers.stream().anyMatch(p -> !(p >= 0 && p <= 100))) {
      throw new ConfigException(
          "KCONF-003",
          "scorePowers must be five numbers from 0 to 100: " + powers,
          "of start, end, class, confidence and the snippets' classes");
    }
    return new Inference(
        settings.size("proposals", 1000, 1, MAX),
        new ProposalScores(
            settings.size("topClasses", 1, 1, MAX),
            powers.get(0),
            powers.get(1),
            powers.get(2),
            powers.get(3),
            powers.get(4)),
        new DetectionRule(suppression(settings), settings.size("detections", 200, 1, MAX)));
  }

  private static DetectionRule.PerClass suppression(Settings settings) {
    SoftSuppression soft = SoftSuppression.standard();
    if (settings.choice("suppression", "nms", "nms", "soft-nms", "fusion").equals("soft-nms")) {
      return DetectionRule.soft(
          new SoftSuppression(
              settings.number("softNms.sigma", soft.sigma(), 1e-6, 100),
              settings.number("softNms.low", soft.low(), 0, 1),
              settings.number("softNms.high", soft.high(), 0, 1),
              settings.number("softNms.floor", soft.floor(), 0, 1),
              settings.size("softNms.most", MAX, 1, MAX)));
    }
    Suppression other =
        ProposalSettings.suppression(settings, new NonMaximumSuppression(0.5, false));
    return other instanceof InstanceFusion fusion
        ? DetectionRule.fused(fusion)
        : DetectionRule.hard((NonMaximumSuppression) other);
  }
}
