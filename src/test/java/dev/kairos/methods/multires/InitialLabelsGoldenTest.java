// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.multires;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kairos.golden.Golden;
import dev.kairos.golden.GoldenFolder;
import dev.kairos.methods.multires.InitialLabels.Normalisation;
import dev.kairos.methods.proposal.CasNormalisation;
import dev.kairos.methods.tal.Cas;
import dev.kairos.tensor.io.NpyArray;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code multires/labels}: from the streams' logits to the first pseudo labels. */
class InitialLabelsGoldenTest {
  private final Path folder = GoldenFolder.of("multires/labels");

  private Cas cas(String name, int recording) throws IOException {
    NpyArray array = GoldenFolder.array(folder.resolve(name)); // [V,T,K]
    int size = array.dim(1) * array.dim(2);
    double[] own = Arrays.copyOfRange(array.toDoubles(), recording * size, (recording + 1) * size);
    return Cas.of(own, array.dim(1), array.dim(2));
  }

  private static InitialLabels labels(
      JsonNode info, List<Double> weights, Normalisation normalisation, boolean masked) {
    return new InitialLabels(
        normalisation,
        weights,
        Golden.get(info, "hi").doubleValue(),
        Golden.get(info, "lo").doubleValue(),
        masked);
  }

  @ParameterizedTest
  @CsvSource({"minmax, true", "minmax, false", "softmax, true", "softmax, false"})
  void everyRecording(String normalisation, boolean masked) throws IOException {
    JsonNode info = GoldenFolder.json(folder.resolve("info.json"));
    List<String> streams = Golden.suffixes(info, "w_");
    List<Double> weights =
        streams.stream().map(stream -> Golden.get(info, "w_" + stream).doubleValue()).toList();
    InitialLabels labels =
        labels(
            info, weights, Normalisation.valueOf(normalisation.toUpperCase(Locale.ROOT)), masked);
    NpyArray videoLabels = GoldenFolder.array(folder.resolve("video_label.npy")); // [V,C]
    NpyArray expected =
        GoldenFolder.array(
            folder.resolve("label_" + normalisation + (masked ? "_masked" : "_unmasked") + ".npy"));
    int snippets = expected.dim(1);
    for (int v = 0; v < Golden.get(info, "V").intValue(); v++) {
      List<Cas> raw = new ArrayList<>();
      for (String stream : streams) {
        Cas own = cas("A_" + stream + "_raw.npy", v);
        if (normalisation.equals("minmax")) {
          check("minmax_" + stream + ".npy", v, CasNormalisation.minMaxClamped(own));
        }
        raw.add(own);
      }
      Cas fused = labels.fuse(raw);
      check("fused_" + normalisation + ".npy", v, fused);
      int classes = videoLabels.dim(1);
      float[] own = Arrays.copyOfRange(videoLabels.toFloats(), v * classes, (v + 1) * classes);
      assertArrayEquals(
          Arrays.copyOfRange(expected.toInts(), v * snippets, (v + 1) * snippets),
          labels.of(fused, own),
          "recording " + v);
    }
  }

  private void check(String name, int recording, Cas found) throws IOException {
    Golden.assertClose(cas(name, recording).values(), found.values(), name);
  }

  @Test
  void casesByHand() throws IOException {
    JsonNode micro = GoldenFolder.json(folder.resolve("micro.json"));
    JsonNode rows = Golden.get(micro, "fused");
    double[][] fused = new double[rows.size()][];
    for (int t = 0; t < fused.length; t++) {
      fused[t] = Golden.doubles(rows.get(t));
    }
    float[] all = new float[Golden.get(micro, "C").intValue()];
    Arrays.fill(all, 1);
    int[] expected = Golden.ints(Golden.get(micro, "label"));
    assertEquals(expected.length, fused.length);
    for (boolean masked : new boolean[] {true, false}) {
      assertArrayEquals(
          expected,
          labels(micro, List.of(1.0), Normalisation.MINMAX, masked).of(Cas.of(fused), all));
    }
  }
}
