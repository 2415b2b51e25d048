// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.kairos.methods.proposal.FusionTemplate;
import dev.kairos.methods.proposal.InstanceFusion;
import dev.kairos.methods.proposal.InstanceFusion.Overlap;
import dev.kairos.methods.proposal.SoftNms;
import dev.kairos.methods.pseudolabel.InstanceFile;
import dev.kairos.methods.tal.Proposal;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code kairos fuse}: what becomes of overlapping proposals, alone. */
@Command(
    name = "fuse",
    description = {
      "Make one instance of overlapping proposals of one class.",
      "The proposal with the highest score leads, those that it covers by more than --tiou join it,",
      "and each coordinate becomes the location of a density fitted to theirs; then the next. nms",
      "keeps the leader as it is, soft-nms lowers the scores of the others instead."
    },
    sortOptions = false,
    footerHeading = "%nExample:%n",
    footer = "  kairos fuse --proposals proposals.json --fusion gaussian --temperature 0.03")
final class FuseCommand implements Callable<Integer> {
  private static final double WIDEST = 1e6;

  /** One instance of the answer, and of how many proposals it was made. */
  private record Fused(Proposal instance, int members) {}

  /** What is done with proposals that overlap. */
  enum Fusion {
    GAUSSIAN(FusionTemplate.GAUSSIAN),
    UNIFORM(FusionTemplate.UNIFORM),
    EXPONENTIAL(FusionTemplate.EXPONENTIAL),
    STUDENT(FusionTemplate.STUDENT),
    NMS(FusionTemplate.LEADER),
    SOFT_NMS(null);

    private final @Nullable FusionTemplate template;

    Fusion(@Nullable FusionTemplate template) {
      this.template = template;
    }

    /** Whether members are weighted, so that a temperature says how much. */
    boolean weights() {
      return this == GAUSSIAN || this == EXPONENTIAL || this == STUDENT;
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  @ParentCommand private KairosCommand kairos;

  @Option(
      names = "--proposals",
      required = true,
      paramLabel = "F.json",
      description =
          "[{\"start\", \"end\", \"score\", \"weight\"}, ..] in snippets; weight, which"
              + " weights a proposal, is the score where it is left out.")
  private Path proposals;

  @Option(
      names = "--fusion",
      required = true,
      paramLabel = "F",
      description = "${COMPLETION-CANDIDATES}.")
  private Fusion fusion;

  @Option(
      names = "--temperature",
      paramLabel = "X",
      description = "The smaller, the more the proposal of the largest weight counts; 0.03.")
  private @Nullable Double temperature;

  @Option(
      names = "--tiou",
      paramLabel = "X",
      description =
          "Overlap beyond which a proposal joins, 0.25; with soft-nms scores are lowered by"
              + " 1 - IoU beyond it, and without it by exp(-IoU^2 / 0.3).")
  private @Nullable Double tiou;

  @Option(
      names = "--overlap",
      paramLabel = "O",
      description = "coverage: the share of a proposal that the leader covers (default); iou.")
  private @Nullable String overlap;

  @Option(names = "--json", description = "Print one JSON array.")
  private boolean json;

  @SuppressWarnings("NullAway.Init") // picocli sets parent and required options
  FuseCommand() {}

  @Override
  public Integer call() throws IOException {
    check();
    List<Proposal> candidates = InstanceFile.read(proposals, Integer.MAX_VALUE);
    List<Fused> fused = fuse(candidates);
    if (json) {
      kairos.out().println(toJson(fused));
      return 0;
    }
    for (Fused one : fused) {
      Proposal p = one.instance();
      kairos
          .out()
          .println(
              String.format(
                  Locale.ROOT,
                  "[%s, %s)  %s  of %s",
                  p.start(),
                  p.end(),
                  p.score(),
                  Messages.count(one.members(), "proposal")));
    }
    return 0;
  }

  private void check() {
    if (temperature != null && !fusion.weights()) {
      throw new UsageException(
          "--temperature says nothing with --fusion " + fusion, "leave it out");
    }
    if (temperature != null && !(temperature > 0 && temperature <= WIDEST)) {
      throw new UsageException(
          "--temperature must be positive and at most 1e6: " + temperature, "take 0.03 or 0.1");
    }
    double lowest = fusion == Fusion.SOFT_NMS ? Double.MIN_VALUE : 0;
    if (tiou != null && !(tiou >= lowest && tiou <= 1)) {
      throw new UsageException("--tiou must be from 0 to 1: " + tiou, "take 0.25 or 0.5");
    }
    if (overlap != null && fusion == Fusion.SOFT_NMS) {
      throw new UsageException("--overlap says nothing with --fusion soft-nms", "leave it out");
    }
    if (overlap != null && !overlap.equals("coverage") && !overlap.equals("iou")) {
      throw new UsageException("--overlap must be coverage or iou: " + overlap, "take coverage");
    }
  }

  /** By descending score. */
  private List<Fused> fuse(List<Proposal> candidates) {
    if (fusion.template == null) {
      SoftNms soft =
          tiou == null
              ? SoftNms.gaussian()
              : new SoftNms(SoftNms.Decay.LINEAR, tiou, SoftNms.linear().floor());
      return soft.proposals(candidates).stream().map(p -> new Fused(p, 1)).toList();
    }
    InstanceFusion defaults = InstanceFusion.gaussian();
    InstanceFusion chosen =
        new InstanceFusion(
            fusion.template,
            "iou".equals(overlap) ? Overlap.IOU : defaults.overlap(),
            tiou == null ? defaults.threshold() : tiou,
            defaults.logit(),
            temperature == null ? defaults.temperature() : temperature);
    return chosen.clusters(candidates).stream()
        .map(c -> new Fused(c.instance(), c.members().size()))
        .sorted(Comparator.comparingDouble((Fused f) -> f.instance().score()).reversed())
        .toList();
  }

  private static String toJson(List<Fused> fused) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      json.writeStartArray();
      for (Fused one : fused) {
        json.writeStartObject();
        json.writeNumberField("start", one.instance().start());
        json.writeNumberField("end", one.instance().end());
        json.writeNumberField("score", one.instance().score());
        json.writeNumberField("members", one.members());
        json.writeEndObject();
      }
      json.writeEndArray();
    }
    return text.toString();
  }
}
