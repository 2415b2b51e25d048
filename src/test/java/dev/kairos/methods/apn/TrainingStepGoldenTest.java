// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.apn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kairos.autograd.Gradients;
import dev.kairos.autograd.Tape;
import dev.kairos.autograd.Variable;
import dev.kairos.golden.ApnJson;
import dev.kairos.golden.Golden;
import dev.kairos.golden.OnEveryBackend;
import dev.kairos.kernels.RandomKey;
import dev.kairos.methods.apn.medoids.BoundaryRegions;
import dev.kairos.methods.apn.medoids.ConstrainedMedoids;
import dev.kairos.methods.apn.medoids.FeatureRows;
import dev.kairos.methods.apn.medoids.FrameDistance;
import dev.kairos.methods.apn.medoids.MarkedPoints;
import dev.kairos.methods.apn.medoids.MarkedPoints.MarkedPoint;
import dev.kairos.methods.apn.medoids.PseudoActions;
import dev.kairos.methods.apn.medoids.PseudoActions.BackgroundInstance;
import dev.kairos.methods.tal.Interval;
import dev.kairos.nn.Parameter;
import dev.kairos.nn.Parameters;
import dev.kairos.nn.TrainingPass;
import dev.kairos.nn.optim.Adam;
import dev.kairos.tensor.Engine;
import dev.kairos.tensor.Scope;
import dev.kairos.tensor.Shape;
import dev.kairos.tensor.Tensor;
import dev.kairos.tensor.io.NpyArray;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code h_train_step.json}: one whole step on joined recordings, with pseudo actions, proposals,
 * losses, all gradients and the weights after Adam.
 */
class TrainingStepGoldenTest {
  private static final List<String> GROUPS = List.of("embed", "bdm", "vision");

  @OnEveryBackend
  void wholeStepAgrees(String backend) throws IOException {
    JsonNode golden = ApnJson.file("h_train_step.json");
    try (Engine engine = Engine.open(backend, 2);
        Tape tape = new Tape(engine)) {
      Parameters parameters = new Parameters(engine, new RandomKey(1, 0));
      ApnNetwork network = network(golden, parameters, engine);
      ApnJson.load(
          parameters,
          weights(golden, "params", number(golden, "omega"), number(golden, "beta")),
          ApnJson.path("h_train_step.json"));
      JsonNode videos = Golden.get(golden, "videos");
      JoinedRecordings joined = joined(videos);
      TrainingPass pass = new TrainingPass(tape, new RandomKey(1, 1));
      Map<String, Variable> losses =
          losses(golden, network)
              .of(
                  pass,
                  features(engine, videos, joined),
                  joined,
                  (v, embedded, classes) -> checked(golden, videos.get(v), embedded),
                  (v, classes) -> {
                    throw new AssertionError("there is no classifier of snippets");
                  },
                  (v, starts, ends, labels) ->
                      checked(golden, videos.get(v), starts, ends, labels));
      check(golden, "loss_bdm", losses.get("loss_boundary"));
      check(golden, "loss_cls", losses.get("loss_class"));
      check(golden, "loss_conf", losses.get("loss_confidence"));
      check(golden, "loss_ctr", losses.get("loss_contrast"));
      check(golden, "total", losses.get("loss"));

      Gradients gradients = tape.backward(losses.get("loss"));
      Map<String, JsonNode> slopes = nodes(golden, "grads");
      for (Parameter p : parameters.all()) {
        Tensor found = pass.gradient(gradients, p);
        switch (p.name()) {
          case "confidence.omega" ->
              ApnJson.assertValue(Golden.get(golden, "grad_omega"), found, p.name());
          case "confidence.beta" ->
              ApnJson.assertValue(Golden.get(golden, "grad_beta"), found, p.name());
          default -> ApnJson.assertGradient(slopes.get(p.name()), p, found);
        }
      }
      JsonNode adam = Golden.get(golden, "adam");
      new Adam(parameters, adamOptions(adam))
          .step(p -> pass.gradient(gradients, p), Golden.get(adam, "lr").doubleValue());
      Map<String, JsonNode> after = nodes(golden, "after_adam");
      for (Parameter p : parameters.all()) {
        if (after.containsKey(p.name())) {
          ApnJson.assertGradient(after.get(p.name()), p, p.value());
        }
      }
      ApnJson.assertValue(
          Golden.get(golden, "omega_after"),
          parameters.byName().get("confidence.omega").value(),
          "omega");
    }
  }

  private static Adam.Options adamOptions(JsonNode adam) {
    return new Adam.Options(
        number(adam, "beta1"),
        number(adam, "beta2"),
        number(adam, "eps"),
        number(adam, "weight_decay"),
        false);
  }

  private static ApnNetwork network(JsonNode golden, Parameters parameters, Engine engine) {
    JsonNode dims = Golden.get(golden, "dims");
    return new ApnNetwork(
        parameters,
        size(dims, "D"),
        ApnJson.tensor(engine, Golden.get(golden, "text_features")),
        new ApnNetwork.Sizes(
            size(dims, "D_embed"),
            size(dims, "H"),
            new ProposalEncoder.Sizes(
                size(dims, "N"),
                size(dims, "W"),
                size(dims, "heads"),
                size(dims, "layers"),
                size(dims, "H_mlp"),
                ProposalEncoder.Pooling.MEAN),
            Confidence.Kind.TEXT,
            -1,
            0));
  }

  private static ApnLosses losses(JsonNode golden, ApnNetwork network) {
    return new ApnLosses(
        network,
        new ApnLosses.Options(
            number(golden, "lambda1"),
            number(golden, "lambda2"),
            0,
            ProposalLosses.standard(),
            new ContrastiveLoss(number(golden, "tau"), true),
            true,
            BoundaryRegions.DEFAULT,
            ProposalSamples.Outside.ZERO),
        size(Golden.get(golden, "dims"), "N"));
  }

  private static JoinedRecordings joined(JsonNode videos) {
    int[] lengths = new int[videos.size()];
    for (int v = 0; v < lengths.length; v++) {
      lengths[v] = size(videos.get(v), "T");
    }
    return new JoinedRecordings(lengths, 1);
  }

  private static Tensor features(Engine engine, JsonNode videos, JoinedRecordings joined) {
    List<Tensor> parts = new ArrayList<>();
    for (JsonNode video : videos) {
      Tensor x = ApnJson.tensor(engine, Golden.get(video, "x"));
      if (!parts.isEmpty()) {
        parts.add(engine.zeros(Shape.of(1, x.shape().size(1))));
      }
      parts.add(x);
    }
    return parts.get(0).concat(0, parts.subList(1, parts.size())).reshape(1, joined.rows(), -1);
  }

  /** Fresh pseudo actions, which must be those of the file. */
  private static PseudoActions checked(JsonNode golden, JsonNode video, Tensor embedded) {
    ApnJson.assertOutput(Golden.get(video, "X"), embedded, "X");
    int[] snippets = Golden.ints(Golden.get(video, "points"));
    List<MarkedPoint> points = new ArrayList<>();
    for (int k = 0; k < snippets.length; k++) {
      List<Integer> labels = new ArrayList<>();
      Golden.get(video, "labels").get(k).forEach(each -> labels.add(each.intValue()));
      points.add(new MarkedPoint(snippets[k], labels));
    }
    ConstrainedMedoids medoids =
        new ConstrainedMedoids(
            new ConstrainedMedoids.Options(
                ConstrainedMedoids.Mode.ACTION_BACKGROUND,
                FrameDistance.COSINE,
                size(golden, "reach"),
                size(golden, "n_same"),
                size(golden, "n_diff"),
                50));
    PseudoActions found;
    try (Scope scope = embedded.engine().scope()) {
      found =
          medoids.cluster(
              FeatureRows.of(embedded.toDoubles(), embedded.shape().size(1)),
              new MarkedPoints(points));
    }
    JsonNode expected = Golden.get(video, "kmedoids");
    assertEquals(intervals(Golden.get(expected, "actions")), found.intervals());
    assertEquals(
        intervals(Golden.get(expected, "background")),
        found.background().stream().map(BackgroundInstance::snippets).toList());
    return found;
  }

  /** All proposals with one point and the pseudo actions, which must be those of the file. */
  private static TrainingProposals checked(
      JsonNode golden, JsonNode video, double[] starts, double[] ends, PseudoActions labels) {
    assertArrayEquals(
        Golden.ints(Golden.get(video, "start_candidates")), BoundaryProposals.candidates(starts));
    assertArrayEquals(
        Golden.ints(Golden.get(video, "end_candidates")), BoundaryProposals.candidates(ends));
    TrainingProposals found =
        TrainingProposals.of(
            BoundaryProposals.of(starts, ends, size(golden, "d_min"), size(golden, "d_max")),
            labels,
            starts.length,
            TrainingProposals.Kind.ONE_POINT,
            true);
    List<Interval> expected = intervals(Golden.get(video, "train_proposals"));
    int[] owners = Golden.ints(Golden.get(video, "owner"));
    double[] overlaps = Golden.doubles(Golden.get(video, "s"));
    assertEquals(expected.size(), found.count());
    for (int p = 0; p < found.count(); p++) {
      TrainingProposals.One one = found.all().get(p);
      assertEquals(expected.get(p), one.interval());
      assertEquals(labels.actions().get(owners[p]), one.action());
      assertEquals(overlaps[p], one.overlap(), 1e-9);
    }
    return found;
  }

  private static List<Interval> intervals(JsonNode list) {
    List<Interval> intervals = new ArrayList<>();
    list.forEach(
        each -> intervals.add(new Interval(each.get(0).intValue(), each.get(1).intValue() + 1)));
    return intervals;
  }

  private static void check(JsonNode golden, String key, Variable found) {
    ApnJson.assertValue(Golden.get(golden, key), found.value(), key);
  }

  private static Map<String, JsonNode> nodes(JsonNode golden, String key) {
    Map<String, JsonNode> all = new LinkedHashMap<>();
    for (String group : GROUPS) {
      Golden.get(Golden.get(golden, key), group)
          .properties()
          .forEach(each -> all.put(group + "." + each.getKey(), each.getValue()));
    }
    return all;
  }

  private static Map<String, NpyArray> weights(
      JsonNode golden, String key, double omega, double beta) {
    Map<String, NpyArray> all = new LinkedHashMap<>();
    nodes(golden, key).forEach((name, node) -> all.put(name, ApnJson.array(node)));
    all.put("confidence.omega", NpyArray.ofDoubles(new double[] {omega}, 1));
    all.put("confidence.beta", NpyArray.ofDoubles(new double[] {beta}, 1));
    return all;
  }

  private static double number(JsonNode node, String key) {
    return Golden.get(node, key).doubleValue();
  }

  private static int size(JsonNode node, String key) {
    return Golden.get(node, key).intValue();
  }
}
