// SPDX-License-Identifier: Apache-2.0
package dev.kairos.nn.layer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kairos.kernels.RandomKey;
import dev.kairos.nn.Parameters;
import dev.kairos.nn.Pass;
import dev.kairos.nn.Trial;
import dev.kairos.tensor.Engine;
import dev.kairos.tensor.Tensor;
import dev.kairos.tensor.TensorOps;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TransformerBlockTest {
  /** A block under one mask, as a layer of one input. */
  private record Masked(TransformerBlock block, @Nullable Tensor mask) implements Layer {
    @Override
    public <T extends TensorOps<T>> T forward(Pass<T> pass, T x) {
      return block.forward(pass, x, mask);
    }
  }

  private final Engine engine = Engine.open("reference", 1);
  private final SplittableRandom random = new SplittableRandom(13);

  private static double[] norm(Parameters p, String name, double[] x) {
    return LayerNormTest.direct(
        x, Trial.weight(p, name + ".weight"), Trial.weight(p, name + ".bias"), 1e-5);
  }

  private static double[] linear(Parameters p, String name, double[] x) {
    return MultiHeadAttentionTest.project(
        x, Trial.weight(p, name + ".weight"), Trial.weight(p, name + ".bias"));
  }

  private static double[] direct(Parameters p, double[] x, int time, int heads, double[] mask) {
    double[] z = MultiHeadAttentionTest.direct(p, "attn.", norm(p, "ln_1", x), time, heads, mask);
    for (int i = 0; i < z.length; i++) {
      z[i] += x[i];
    }
    double[] inner = linear(p, "mlp.c_fc", norm(p, "ln_2", z));
    for (int i = 0; i < inner.length; i++) {
      inner[i] = inner[i] / (1 + Math.exp(-1.702 * inner[i]));
    }
    double[] out = linear(p, "mlp.c_proj", inner);
    for (int i = 0; i < z.length; i++) {
      out[i] += z[i];
    }
    return out;
  }

  private void check(@Nullable Tensor mask) {
    int time = 4;
    Parameters parameters = new Parameters(engine, new RandomKey(1, 1));
    TransformerBlock block = new TransformerBlock(parameters, 6, 3, 2);
    Trial.scramble(parameters, random);
    Tensor x = Trial.tensor(engine, random, 2, time, 6);
    double[] added = mask == null ? new double[time * time] : mask.toDoubles();
    double[] expected = direct(parameters, x.toDoubles(), time, 3, added);
    Trial.assertClose(
        expected, Trial.output(parameters, new Masked(block, mask), x, 14), 1e-12, "block");
  }

  @Test
  void isTheFormulaWithAndWithoutMask() {
    check(null);
    check(MultiHeadAttentionTest.causal(engine, 4));
  }

  @Test
  void weightsAreNamedAsInClip() {
    Parameters parameters = new Parameters(engine, new RandomKey(1, 1));
    new TransformerBlock(parameters.at("resblocks").at("0"), 4, 2, 1);
    List<String> names =
        List.of(
            "ln_1.weight",
            "ln_1.bias",
            "attn.in_proj_weight",
            "attn.in_proj_bias",
            "attn.out_proj.weight",
            "attn.out_proj.bias",
            "ln_2.weight",
            "ln_2.bias",
            "mlp.c_fc.weight",
            "mlp.c_fc.bias",
            "mlp.c_proj.weight",
            "mlp.c_proj.bias");
    assertEquals(
        names.stream().map(n -> "resblocks.0." + n).toList(),
        List.copyOf(parameters.byName().keySet()));
  }

  @Test
  void firstValuesHaveTheDeviationsOfClip() {
    int width = 64;
    int layers = 8;
    Parameters parameters = new Parameters(engine, new RandomKey(3, 1));
    new TransformerBlock(parameters, width, 2, layers);
    assertDeviation(1 / Math.sqrt(width), parameters, "attn.in_proj_weight");
    double out = 1 / Math.sqrt(2.0 * layers * width);
    assertDeviation(out, parameters, "attn.out_proj.weight");
    assertDeviation(out, parameters, "mlp.c_proj.weight");
    assertDeviation(1 / Math.sqrt(2.0 * width), parameters, "mlp.c_fc.weight");
    for (String bias : List.of("attn.in_proj_bias", "attn.out_proj.bias", "mlp.c_fc.bias")) {
      double[] values = Trial.weight(parameters, bias);
      assertArrayEquals(new double[values.length], values, bias);
    }
  }

  private static void assertDeviation(double expected, Parameters parameters, String name) {
    double[] values = Trial.weight(parameters, name);
    double squares = Arrays.stream(values).map(v -> v * v).sum();
    double found = Math.sqrt(squares / values.length);
    assertEquals(expected, found, 5 * expected / Math.sqrt(2.0 * values.length), name);
  }
}
