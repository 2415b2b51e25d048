// SPDX-License-Identifier: Apache-2.0
package dev.kairos.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kairos.autograd.Tape;
import dev.kairos.autograd.Variable;
import dev.kairos.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;

/** {@code multires/st}: linear resampling in time, and its gradient. */
class ResamplingGoldenTest {
  @OnEveryBackend
  void everyCase(String backend) throws IOException {
    Path folder = GoldenFolder.of("multires/st");
    JsonNode cases = GoldenFolder.json(folder.resolve("cases.json"));
    assertTrue(cases.size() > 0);
    try (GoldenEngine golden = GoldenEngine.open(backend)) {
      for (JsonNode one : cases) {
        int length = Golden.get(one, "T").intValue();
        int resampled = Golden.get(one, "T_out").intValue();
        double scale = Golden.get(one, "s").doubleValue();
        assertEquals(Math.max(1, (int) Math.floor(length * scale)), resampled);
        String prefix = Golden.get(one, "prefix").textValue();
        try (Tape tape = new Tape(golden.engine())) {
          Path base = folder.getParent();
          String input = prefix.substring(0, prefix.indexOf("_s")) + "_input.npy";
          Variable x = tape.leaf(golden.read(base.resolve(input)));
          Variable y = x.resample(0, resampled);
          golden.checkOutput(base.resolve(prefix + "_output.npy"), y.value());
          Tensor upstream = golden.read(base.resolve(prefix + "_upstream_grad.npy"));
          golden.checkGradient(
              base.resolve(prefix + "_input_grad.npy"), tape.backward(y, upstream).of(x));
        }
      }
    }
  }
}
