// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.apn.text;

import dev.kairos.tensor.io.ElementType;
import dev.kairos.tensor.io.NpyArray;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** A small text tower of random weights with OpenAI's names. */
final class TinyTower {
  static final int WIDTH = 8;
  static final int HEADS = 2;
  static final int OUTPUT = 6;

  private TinyTower() {}

  static Map<String, NpyArray> tensors(int vocabulary, int context, int layers) {
    SplittableRandom random = new SplittableRandom(5);
    Map<String, NpyArray> tensors = new TreeMap<>();
    tensors.put("token_embedding.weight", random(random, vocabulary, WIDTH));
    tensors.put("positional_embedding", random(random, context, WIDTH));
    for (int l = 0; l < layers; l++) {
      String block = "transformer.resblocks." + l + ".";
      tensors.put(block + "attn.in_proj_weight", random(random, 3 * WIDTH, WIDTH));
      tensors.put(block + "attn.in_proj_bias", random(random, 3 * WIDTH));
      put(tensors, block + "attn.out_proj", random, WIDTH, WIDTH);
      put(tensors, block + "ln_1", random, WIDTH);
      put(tensors, block + "ln_2", random, WIDTH);
      put(tensors, block + "mlp.c_fc", random, 4 * WIDTH, WIDTH);
      put(tensors, block + "mlp.c_proj", random, WIDTH, 4 * WIDTH);
    }
    put(tensors, "ln_final", random, WIDTH);
    tensors.put("text_projection", random(random, WIDTH, OUTPUT));
    return tensors;
  }

  private static void put(
      Map<String, NpyArray> tensors, String name, SplittableRandom random, int... shape) {
    tensors.put(name + ".weight", random(random, shape));
    tensors.put(name + ".bias", random(random, shape[0]));
  }

  /** Numbers that BF16 holds as they are. */
  private static NpyArray random(SplittableRandom random, int... shape) {
    int size = 1;
    for (int each : shape) {
      size *= each;
    }
    double[] values = random.doubles(size, -1, 1).toArray();
    return NpyArray.ofDoubles(values, shape).as(ElementType.BF16).as(ElementType.F32);
  }
}
