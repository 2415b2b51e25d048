// SPDX-License-Identifier: Apache-2.0
package dev.kairos.golden;

import dev.kairos.nn.Checkpoint;
import dev.kairos.nn.Parameter;
import dev.kairos.nn.Parameters;
import dev.kairos.tensor.Tensor;
import dev.kairos.tensor.io.NpyArray;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** A network's weights among golden files: {@code PREFIX_a_b_weight.npy} is {@code a.b.weight}. */
public final class GoldenWeights {
  private GoldenWeights() {}

  /** The file of a weight. */
  public static Path file(Path folder, String prefix, Parameter p) {
    return folder.resolve(prefix + "_" + p.name().replace('.', '_') + ".npy");
  }

  /** Overwrites all weights. */
  public static void load(Parameters parameters, Path folder, String prefix) throws IOException {
    Map<String, NpyArray> weights = new LinkedHashMap<>();
    for (Parameter p : parameters.all()) {
      weights.put(p.name(), GoldenFolder.array(file(folder, prefix, p)));
    }
    Checkpoint.load(parameters, weights, folder);
  }

  /** A weight or its gradient in the layout of files. */
  public static Tensor asFile(Parameter p, Tensor value) {
    return switch (p.layout()) {
      case SAME -> value;
      case LINEAR -> value.transpose(0, 1);
      case CONV1D -> value.transpose(0, 2);
    };
  }
}
