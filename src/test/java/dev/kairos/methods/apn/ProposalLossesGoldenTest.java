// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.apn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kairos.autograd.Gradients;
import dev.kairos.autograd.Tape;
import dev.kairos.autograd.Variable;
import dev.kairos.golden.ApnJson;
import dev.kairos.golden.Golden;
import dev.kairos.golden.OnEveryBackend;
import dev.kairos.methods.apn.medoids.BoundaryRegions;
import dev.kairos.methods.apn.medoids.MarkedPoints.MarkedPoint;
import dev.kairos.methods.apn.medoids.PseudoActions.PseudoAction;
import dev.kairos.methods.tal.Interval;
import dev.kairos.tensor.Engine;
import dev.kairos.tensor.Shape;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** {@code f_pem_loss.json}, {@code f_cosine.json} and {@code f_ctr.json}. */
class ProposalLossesGoldenTest {
  @OnEveryBackend
  void lossesOfProposalsAgree(String backend) throws IOException {
    try (Engine engine = Engine.open(backend, 2)) {
      for (JsonNode one : Golden.get(ApnJson.file("f_pem_loss.json"), "cases")) {
        try (Tape tape = new Tape(engine)) {
          checkProposals(engine, tape, one);
        }
      }
    }
  }

  private static void checkProposals(Engine engine, Tape tape, JsonNode one) {
    String form = Golden.get(one, "variant").asText().toUpperCase(Locale.ROOT);
    ProposalLosses losses =
        new ProposalLosses(
            ProposalLosses.ClassLoss.SOFTMAX,
            ProposalLosses.Target.IOU,
            0.5,
            form.equals("DEFAULT") ? ProposalLosses.Form.MEAN : ProposalLosses.Form.valueOf(form));
    Variable logits = tape.leaf(ApnJson.tensor(engine, Golden.get(one, "logits")));
    Variable cosines = tape.leaf(ApnJson.tensor(engine, Golden.get(one, "cos")));
    Variable omega = tape.leaf(engine.full(Golden.get(one, "omega").doubleValue(), Shape.of(1)));
    Variable beta = tape.leaf(engine.full(Golden.get(one, "beta").doubleValue(), Shape.of(1)));
    List<List<Integer>> labels = sets(Golden.get(one, "labels"));
    double[] overlaps = Golden.doubles(Golden.get(one, "s"));
    List<TrainingProposals.One> proposals = new ArrayList<>();
    for (int i = 0; i < overlaps.length; i++) {
      Interval anywhere = new Interval(i, i + 1);
      MarkedPoint point = new MarkedPoint(i, labels.get(i).stream().sorted().toList());
      PseudoAction action = new PseudoAction(point, anywhere, i);
      proposals.add(new TrainingProposals.One(anywhere, action, true, overlaps[i]));
    }
    ProposalLosses.Parts parts =
        losses.of(engine, logits, Confidence.scaled(cosines, omega, beta), proposals);
    ApnJson.assertValue(Golden.get(one, "loss_cls"), parts.classes().value(), form + " classes");
    ApnJson.assertValue(
        Golden.get(one, "loss_conf"), parts.confidence().value(), form + " confidence");
    Gradients gradients = tape.backward(parts.classes().add(parts.confidence()));
    ApnJson.assertGradient(Golden.get(one, "grad_logits"), gradients.of(logits), form);
    ApnJson.assertGradient(Golden.get(one, "grad_cos"), gradients.of(cosines), form);
    ApnJson.assertValue(Golden.get(one, "grad_omega"), gradients.of(omega), form);
    ApnJson.assertValue(Golden.get(one, "grad_beta"), gradients.of(beta), form);
  }

  private static List<List<Integer>> sets(JsonNode lists) {
    List<List<Integer>> sets = new ArrayList<>();
    for (JsonNode list : lists) {
      List<Integer> set = new ArrayList<>();
      list.forEach(each -> set.add(each.intValue()));
      sets.add(set);
    }
    return sets;
  }

  @OnEveryBackend
  void cosinesAgree(String backend) throws IOException {
    try (Engine engine = Engine.open(backend, 2)) {
      for (JsonNode one : Golden.get(ApnJson.file("f_cosine.json"), "cases")) {
        try (Tape tape = new Tape(engine)) {
          Variable vision = tape.leaf(ApnJson.tensor(engine, Golden.get(one, "x_v")));
          Variable found = Confidence.cosines(vision, ApnJson.tensor(engine, Golden.get(one, "c")));
          ApnJson.assertOutput(Golden.get(one, "cos"), found.value(), "cosines");
          ApnJson.assertGradient(
              Golden.get(one, "grad_xv"),
              tape.backward(found, ApnJson.tensor(engine, Golden.get(one, "G"))).of(vision),
              "gradient of x_v");
        }
      }
    }
  }

  @OnEveryBackend
  void contrastAgrees(String backend) throws IOException {
    try (Engine engine = Engine.open(backend, 2)) {
      for (JsonNode one : Golden.get(ApnJson.file("f_ctr.json"), "cases")) {
        for (JsonNode variant : Golden.get(one, "variants")) {
          try (Tape tape = new Tape(engine)) {
            checkContrast(engine, tape, one, variant);
          }
        }
      }
    }
  }

  private static void checkContrast(Engine engine, Tape tape, JsonNode one, JsonNode variant) {
    int length = Golden.get(one, "T").intValue();
    BoundaryRegions regions = new BoundaryRegions(Golden.get(one, "h_min").doubleValue());
    List<Interval> actions = intervals(Golden.get(one, "actions"));
    ContrastiveLoss loss =
        new ContrastiveLoss(
            Golden.get(variant, "tau").doubleValue(),
            Golden.get(variant, "normalize").booleanValue());
    Variable x = tape.leaf(ApnJson.tensor(engine, Golden.get(one, "X")));
    ContrastiveLoss.Result found =
        loss.of(
            engine,
            x,
            new ContrastiveLoss.Recording(
                actions.stream().map(a -> regions.start(a, length)).toList(),
                actions.stream().map(a -> regions.end(a, length)).toList(),
                sets(Golden.get(one, "classes")),
                intervals(Golden.get(one, "background"))));
    assertEquals(Golden.get(variant, "anchors").intValue(), found.anchors());
    Variable sum = found.sum() == null ? x.sum().multiply(0) : found.sum();
    ApnJson.assertValue(Golden.get(variant, "loss_sum"), sum.value(), "contrast");
    ApnJson.assertGradient(
        Golden.get(variant, "grad_X_of_sum"), tape.backward(sum).of(x), "gradient of X");
  }

  private static List<Interval> intervals(JsonNode list) {
    List<Interval> intervals = new ArrayList<>();
    list.forEach(
        each -> intervals.add(new Interval(each.get(0).intValue(), each.get(1).intValue() + 1)));
    return intervals;
  }
}
