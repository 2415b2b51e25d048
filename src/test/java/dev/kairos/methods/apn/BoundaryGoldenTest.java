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
import dev.kairos.kernels.RandomKey;
import dev.kairos.methods.apn.medoids.BoundaryRegions;
import dev.kairos.methods.tal.Interval;
import dev.kairos.nn.Parameter;
import dev.kairos.nn.Parameters;
import dev.kairos.nn.TrainingPass;
import dev.kairos.tensor.Engine;
import dev.kairos.tensor.Shape;
import dev.kairos.tensor.Tensor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code b_biloss.json} and {@code b_bdm.json}: boundary probabilities and their loss. */
class BoundaryGoldenTest {
  @Test
  void lossAndItsGradientAgree() throws IOException {
    try (Engine engine = Engine.open("reference", 1)) {
      for (JsonNode one : Golden.get(ApnJson.file("b_biloss.json"), "cases")) {
        assertEquals(0.5, Golden.get(one, "half").doubleValue());
        assertEquals(1e-6, Golden.get(one, "eps").doubleValue());
        try (Tape tape = new Tape(engine)) {
          Variable p = tape.leaf(ApnJson.tensor(engine, Golden.get(one, "p")));
          float[] labels = floats(Golden.get(one, "y"));
          boolean[] counts = new boolean[labels.length];
          Arrays.fill(counts, true);
          Variable loss = BoundaryLoss.of(engine, p, labels, counts, 1);
          ApnJson.assertValue(Golden.get(one, "loss"), loss.value(), "loss");
          ApnJson.assertGradient(Golden.get(one, "grad"), tape.backward(loss).of(p), "gradient");
        }
      }
    }
  }

  private static float[] floats(JsonNode list) {
    float[] values = new float[list.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = list.get(i).floatValue();
    }
    return values;
  }

  @OnEveryBackend
  void networkOnJoinedRecordingsAgrees(String backend) throws IOException {
    JsonNode golden = ApnJson.file("b_bdm.json");
    int[] lengths = Golden.ints(Golden.get(golden, "T"));
    int width = Golden.get(golden, "D").intValue();
    JoinedRecordings joined = new JoinedRecordings(lengths, 1);
    try (Engine engine = Engine.open(backend, 2);
        Tape tape = new Tape(engine)) {
      Parameters parameters = new Parameters(engine, new RandomKey(1, 0));
      BoundaryNetwork network =
          new BoundaryNetwork(parameters, width, Golden.get(golden, "H").intValue());
      ApnJson.load(parameters, Golden.get(golden, "params"), ApnJson.path("b_bdm.json"));
      TrainingPass pass = new TrainingPass(tape, new RandomKey(1, 1));
      List<Variable> recordings = new ArrayList<>();
      for (JsonNode x : Golden.get(golden, "x")) {
        recordings.add(tape.leaf(ApnJson.tensor(engine, x)));
      }
      Variable mask = pass.constant(joined.mask(engine));
      Variable p = network.forward(pass, joined(pass, recordings, width), mask); // [1,rows,2]

      float[] labels = new float[joined.rows() * 2];
      boolean[] counts = new boolean[joined.rows()];
      for (int v = 0; v < lengths.length; v++) {
        int from = joined.start(v);
        Tensor own = p.value().select(0, 0).narrow(0, from, lengths[v]);
        assertRow(golden, "p_start", v, own.select(1, 0));
        assertRow(golden, "p_end", v, own.select(1, 1));
        List<Interval> actions = intervals(Golden.get(golden, "actions").get(v));
        float[] starts = BoundaryRegions.DEFAULT.startLabels(actions, lengths[v]);
        float[] ends = BoundaryRegions.DEFAULT.endLabels(actions, lengths[v]);
        for (int t = 0; t < lengths[v]; t++) {
          labels[2 * (from + t)] = starts[t];
          labels[2 * (from + t) + 1] = ends[t];
          counts[from + t] = true;
        }
      }
      Variable loss = BoundaryLoss.of(engine, p, labels, counts, 2);
      ApnJson.assertValue(Golden.get(golden, "loss"), loss.value(), "loss");
      Gradients gradients = tape.backward(loss);
      for (int v = 0; v < lengths.length; v++) {
        ApnJson.assertGradient(
            Golden.get(golden, "grad_x").get(v), gradients.of(recordings.get(v)), "x " + v);
      }
      for (Parameter parameter : parameters.all()) {
        ApnJson.assertGradient(
            Golden.get(Golden.get(golden, "grad_params"), parameter.name()),
            parameter,
            pass.gradient(gradients, parameter));
      }
    }
  }

  private static Variable joined(TrainingPass pass, List<Variable> recordings, int width) {
    Engine engine = pass.tape().engine();
    List<Variable> parts = new ArrayList<>();
    for (Variable each : recordings) {
      if (!parts.isEmpty()) {
        parts.add(pass.constant(engine.zeros(Shape.of(1, width))));
      }
      parts.add(each);
    }
    Variable all = parts.get(0).concat(0, parts.subList(1, parts.size()));
    return all.reshape(1, -1, width);
  }

  private static void assertRow(JsonNode golden, String key, int recording, Tensor found) {
    ApnJson.assertOutput(Golden.get(golden, key).get(recording), found, key + " " + recording);
  }

  private static List<Interval> intervals(JsonNode list) {
    List<Interval> intervals = new ArrayList<>();
    list.forEach(
        each -> intervals.add(new Interval(each.get(0).intValue(), each.get(1).intValue() + 1)));
    return intervals;
  }
}
