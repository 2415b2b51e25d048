// SPDX-License-Identifier: Apache-2.0
package dev.kairos.golden;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kairos.autograd.Gradients;
import dev.kairos.autograd.Tape;
import dev.kairos.autograd.Variable;
import dev.kairos.methods.gaufuse.LabelLoss;
import dev.kairos.methods.gaufuse.LabelSchedule;
import dev.kairos.methods.gaufuse.LabelSchedule.Target;
import dev.kairos.tensor.Tensor;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** {@code gaufuse/delta_loss.json} and the floor in {@code hosts_proposals.json}. */
class LabelLossGoldenTest {
  private static JsonNode file(String name) throws IOException {
    return GoldenFolder.json(GoldenFolder.present(GoldenFolder.of("gaufuse").resolve(name)));
  }

  private static Tensor matrix(GoldenEngine golden, JsonNode rows) {
    int columns = rows.get(0).size();
    double[] values = new double[rows.size() * columns];
    for (int t = 0; t < rows.size(); t++) {
      System.arraycopy(Golden.doubles(rows.get(t)), 0, values, t * columns, columns);
    }
    return golden.engine().tensor(values, rows.size(), columns);
  }

  private static void assertMatrix(GoldenEngine golden, JsonNode rows, Tensor found, String what) {
    double[] actual = found.toDoubles();
    int columns = rows.get(0).size();
    for (int i = 0; i < actual.length; i++) {
      double expected = rows.get(i / columns).get(i % columns).doubleValue();
      golden.checkValue(what + "[" + i + "]", expected, actual[i]);
    }
  }

  @OnEveryBackend
  void everyEpoch(String backend) throws IOException {
    JsonNode file = file("delta_loss.json");
    double share = Golden.get(file, "frm_coef_pseudo").doubleValue();
    try (GoldenEngine golden = GoldenEngine.open(backend)) {
      for (JsonNode one : Golden.get(file, "cases")) {
        try (Tape tape = new Tape(golden.engine())) {
          int epoch = Golden.get(one, "epoch").intValue();
          LabelSchedule.Epoch plan = LabelSchedule.CODE.at(epoch);
          Tensor latest = matrix(golden, Golden.get(file, "label_latest"));
          Tensor labels = latest;
          if (plan.target() == Target.DELTA) {
            labels = latest.subtract(matrix(golden, Golden.get(file, "label_previous")));
          }
          labels = labels.multiply(plan.factor());
          assertMatrix(golden, Golden.get(one, "target"), labels, "target in " + epoch);
          Variable original = tape.leaf(matrix(golden, Golden.get(file, "o_logits")));
          Variable propagated = tape.leaf(matrix(golden, Golden.get(file, "m_logits")));
          Variable loss =
              LabelLoss.softmax(original, labels, 0)
                  .multiply(share)
                  .add(LabelLoss.softmax(propagated, labels, 0).multiply(1 - share));
          golden.checkValue(
              "loss in " + epoch, Golden.get(one, "loss").doubleValue(), loss.value().item());
          golden.checkValue("weight", Golden.get(one, "weight").doubleValue(), plan.labelWeight());
          Gradients gradients = tape.backward(loss.multiply(plan.labelWeight()));
          assertMatrix(golden, Golden.get(one, "grad_o"), gradients.of(original), "original");
          assertMatrix(golden, Golden.get(one, "grad_m"), gradients.of(propagated), "propagated");
        }
      }
    }
  }

  /** Losses of hosts with and without the floor, and where labels are of one sign. */
  @OnEveryBackend
  void ofHosts(String backend) throws IOException {
    JsonNode file = file("hosts_proposals.json");
    JsonNode one = Golden.get(file, "dist_floor");
    double floor = Golden.get(one, "floor").doubleValue();
    try (GoldenEngine golden = GoldenEngine.open(backend)) {
      JsonNode logits = Golden.get(one, "logits");
      JsonNode target = Golden.get(one, "target");
      checkHost(golden, one, logits, target, "softmax", "", floor);
      checkHost(golden, one, logits, target, "sigmoid", "", floor);
      checkHost(golden, one, logits, target, "softmax", "_without_floor", 0);
      checkHost(golden, one, logits, target, "sigmoid", "_without_floor", 0);
      for (JsonNode attached : Golden.get(file, "attachment")) {
        JsonNode labels = Golden.get(attached, "labels_train");
        JsonNode l = Golden.get(attached, "logits");
        checkHost(golden, attached, l, labels, "softmax", "", 0);
        checkHost(golden, attached, l, labels, "sigmoid", "", 0);
      }
    }
  }

  private static void checkHost(
      GoldenEngine golden,
      JsonNode one,
      JsonNode logits,
      JsonNode labels,
      String kind,
      String suffix,
      double floor) {
    try (Tape tape = new Tape(golden.engine())) {
      Variable l = tape.leaf(matrix(golden, logits));
      Tensor y = matrix(golden, labels);
      Variable loss =
          kind.equals("softmax") ? LabelLoss.softmax(l, y, floor) : LabelLoss.sigmoid(l, y, floor);
      golden.checkValue(
          kind + suffix,
          Golden.get(one, "loss_" + kind + suffix).doubleValue(),
          loss.value().item());
      if (suffix.isEmpty()) {
        assertMatrix(
            golden, Golden.get(one, "grad_" + kind), tape.backward(loss).of(l), "of " + kind);
      }
    }
  }

  /** Descent on a negative label of an unbounded logit comes to an end. */
  @Test
  void theFloorHoldsTwoThousandSteps() {
    try (GoldenEngine golden = GoldenEngine.open("cpu")) {
      double[] logits = {0, 0, 0};
      for (int step = 0; step < 2000; step++) {
        try (Tape tape = new Tape(golden.engine())) {
          Variable l = tape.leaf(golden.engine().tensor(logits, 1, 3));
          Tensor labels = golden.engine().tensor(new double[] {-2, 0, 0}, 1, 3);
          Variable loss = LabelLoss.sigmoid(l, labels, LabelLoss.FLOOR);
          double[] gradient = tape.backward(loss).of(l).toDoubles();
          for (int i = 0; i < logits.length; i++) {
            logits[i] -= gradient[i];
          }
        }
      }
      assertTrue(logits[0] < -9 && logits[0] > -12, "ln 1e-4 is -9.2: " + logits[0]);
    }
  }
}
