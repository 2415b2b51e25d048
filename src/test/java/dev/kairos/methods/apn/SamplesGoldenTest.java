// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.apn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kairos.autograd.Tape;
import dev.kairos.autograd.Variable;
import dev.kairos.golden.ApnJson;
import dev.kairos.golden.Golden;
import dev.kairos.golden.OnEveryBackend;
import dev.kairos.methods.tal.Interval;
import dev.kairos.tensor.Engine;
import java.io.IOException;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** {@code d_sampling.json}, and resampling of whole recordings in {@code i_points.json}. */
class SamplesGoldenTest {
  @OnEveryBackend
  void samplesAndTheirGradientAgree(String backend) throws IOException {
    try (Engine engine = Engine.open(backend, 2)) {
      for (JsonNode one : Golden.get(ApnJson.file("d_sampling.json"), "cases")) {
        assertEquals(0.1, Golden.get(one, "ext_ratio").doubleValue());
        String mode = Golden.get(one, "mode").asText().toUpperCase(Locale.ROOT);
        JsonNode proposals = Golden.get(one, "proposals");
        ProposalSamples samples =
            new ProposalSamples(
                proposals.size(),
                Golden.get(one, "N").intValue(),
                ProposalSamples.Outside.valueOf(mode));
        for (JsonNode each : proposals) {
          int[] ends = Golden.ints(each);
          samples.add(new Interval(ends[0], ends[1] + 1), 0, Golden.get(one, "T").intValue());
        }
        try (Tape tape = new Tape(engine)) {
          Variable x = tape.leaf(ApnJson.tensor(engine, Golden.get(one, "X")));
          Variable y = samples.of(engine, x);
          ApnJson.assertOutput(Golden.get(one, "Y"), y.value(), mode);
          ApnJson.assertGradient(
              Golden.get(one, "grad_X"),
              tape.backward(y, ApnJson.tensor(engine, Golden.get(one, "G"))).of(x),
              mode);
        }
      }
    }
  }

  @Test
  void resampledRecordingsAgree() throws IOException {
    try (Engine engine = Engine.open("reference", 1)) {
      for (JsonNode one : Golden.get(ApnJson.file("i_points.json"), "rescale")) {
        int length = Golden.get(one, "T_out").intValue();
        ApnJson.assertOutput(
            Golden.get(one, "Y"),
            ApnJson.tensor(engine, Golden.get(one, "F")).resample(0, length),
            "resampled");
      }
    }
  }
}
