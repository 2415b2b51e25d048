// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.multires;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kairos.autograd.Gradients;
import dev.kairos.autograd.Tape;
import dev.kairos.autograd.Variable;
import dev.kairos.golden.Golden;
import dev.kairos.golden.GoldenEngine;
import dev.kairos.golden.GoldenFolder;
import dev.kairos.golden.OnEveryBackend;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code multires/consistency}: L1 losses between streams and between resolutions. */
class ConsistencyGoldenTest {
  @OnEveryBackend
  void valuesAndGradients(String backend) throws IOException {
    for (String reduction : List.of("mean", "sum")) {
      valuesAndGradients(backend, reduction);
    }
  }

  private static void valuesAndGradients(String backend, String reduction) throws IOException {
    Path folder = GoldenFolder.of("multires/consistency");
    JsonNode info = GoldenFolder.json(folder.resolve("info.json"));
    JsonNode values = Golden.get(Golden.get(info, "values"), reduction);
    Consistency loss = new Consistency(reduction.equals("sum"), Consistency.On.LOGITS);
    try (GoldenEngine golden = GoldenEngine.open(backend);
        Tape tape = new Tape(golden.engine())) {
      Map<String, Variable> cas = new LinkedHashMap<>();
      List<String> streams = Golden.suffixes(values, "L_sc_");
      assertEquals(2, streams.size(), "the loss between streams is one of two: " + streams);
      for (String stream : streams) {
        for (String name : List.of("A_" + stream, "Ahat_" + stream)) {
          cas.put(name, tape.leaf(golden.read(folder.resolve(name + ".npy"))));
        }
      }
      Variable total =
          loss.between(get(cas, "A_" + streams.get(0)), get(cas, "A_" + streams.get(1)));
      golden.checkValue("L_csc", Golden.get(values, "L_csc").doubleValue(), total.value().item());
      for (String stream : streams) {
        Variable a = get(cas, "A_" + stream);
        Variable hat = get(cas, "Ahat_" + stream);
        int length = TimeResampling.length(a.shape().size(1), Golden.get(info, "s").doubleValue());
        Variable there = TimeResampling.HALF_PIXEL.apply(golden.engine(), a, length);
        Variable part = loss.between(there, hat);
        double expected = Golden.get(values, "L_sc_" + stream).doubleValue();
        golden.checkValue("L_sc_" + stream, expected, part.value().item());
        total = total.add(part);
      }
      total = total.multiply(0.5);
      double expected = Golden.get(values, "weighted_sum_half").doubleValue();
      golden.checkValue("weighted sum", expected, total.value().item());
      Gradients gradients = tape.backward(total);
      for (Map.Entry<String, Variable> one : cas.entrySet()) {
        Path file = folder.resolve("grad_" + reduction + "_" + one.getKey() + ".npy");
        golden.checkGradient(file, gradients.of(one.getValue()));
      }
    }
  }

  private static Variable get(Map<String, Variable> all, String name) {
    Variable found = all.get(name);
    if (found == null) {
      throw new AssertionError("no " + name);
    }
    return found;
  }
}
