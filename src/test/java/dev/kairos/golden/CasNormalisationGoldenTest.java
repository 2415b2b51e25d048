// SPDX-License-Identifier: Apache-2.0
package dev.kairos.golden;

import dev.kairos.methods.proposal.CasNormalisation;
import dev.kairos.methods.tal.Cas;
import dev.kairos.tensor.io.NpyArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** {@code multires/basnet}: every {@code X_minmax} is the normalised {@code X}, without a clamp. */
class CasNormalisationGoldenTest {
  private static final String SUFFIX = "_minmax.npy";

  @TestFactory
  Stream<DynamicTest> everyNormalisedCas() throws IOException {
    Path folder = GoldenFolder.of("multires/basnet");
    List<String> names;
    try (Stream<Path> files = Files.list(folder)) {
      names =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.endsWith(SUFFIX))
              .sorted()
              .toList();
    }
    if (names.isEmpty()) {
      GoldenFolder.present(folder.resolve("*" + SUFFIX));
    }
    return names.stream().map(name -> DynamicTest.dynamicTest(name, () -> check(folder, name)));
  }

  private static void check(Path folder, String name) throws IOException {
    NpyArray logits = GoldenFolder.array(folder.resolve(name.replace(SUFFIX, ".npy")));
    double[] values = logits.toDoubles();
    double[] expected = GoldenFolder.array(folder.resolve(name)).toDoubles();
    int snippets = logits.shape()[1]; // [B,T,K]
    int channels = logits.shape()[2];
    int size = snippets * channels;
    for (int from = 0; from < values.length; from += size) {
      Cas cas = Cas.of(Arrays.copyOfRange(values, from, from + size), snippets, channels);
      Golden.assertClose(
          Arrays.copyOfRange(expected, from, from + size),
          CasNormalisation.minMax(cas).values(),
          name + ", video " + from / size);
    }
  }
}
