// SPDX-License-Identifier: Apache-2.0
package dev.kairos.nn.layer;

import dev.kairos.nn.Parameters;
import dev.kairos.nn.Pass;
import dev.kairos.nn.init.Initializer;
import dev.kairos.tensor.Tensor;
import dev.kairos.tensor.TensorOps;
import org.jspecify.annotations.Nullable;

/**
 * A pre-norm transformer block as CLIP has it: {@code z + attention(norm(z))}, then {@code z + W2
 * g(W1 norm(z))} with {@code g(a) = a * sigmoid(1.702 a)} and four times the width inside.
 */
public final class TransformerBlock {
  private static final double EPSILON = 1e-5;
  private static final double GELU_SLOPE = 1.702;

  private final LayerNorm norm1;
  private final MultiHeadAttention attention;
  private final LayerNorm norm2;
  private final Linear expand;
  private final Linear contract;

  /**
   * A block with CLIP's first values: projections normal with {@code W^-0.5}, those back into the
   * stream {@code W^-0.5 (2 L)^-0.5}, the first of the inner pair {@code (2W)^-0.5}.
   *
   * @param width W
   * @param layers L, blocks in the whole stack
   */
  public TransformerBlock(Parameters parameters, int width, int heads, int layers) {
    Initializer in = Initializer.normal(1 / Math.sqrt(width));
    Initializer out = Initializer.normal(1 / Math.sqrt(2.0 * width * layers));
    Initializer zeros = Initializer.zeros();
    this.norm1 = new LayerNorm(parameters.at("ln_1"), width, EPSILON);
    this.attention = new MultiHeadAttention(parameters.at("attn"), width, heads, in, out);
    this.norm2 = new LayerNorm(parameters.at("ln_2"), width, EPSILON);
    Initializer inner = Initializer.normal(1 / Math.sqrt(2.0 * width));
    Parameters mlp = parameters.at("mlp");
    this.expand = new Linear(mlp.at("c_fc"), width, 4 * width, inner, zeros);
    this.contract = new Linear(mlp.at("c_proj"), 4 * width, width, out, zeros);
  }

  /**
   * Computes the block.
   *
   * @param x {@code [N,T,W]}
   * @param mask as in {@link MultiHeadAttention#forward}
   */
  public <T extends TensorOps<T>> T forward(Pass<T> pass, T x, @Nullable Tensor mask) {
    T z = x.add(attention.forward(pass, norm1.forward(pass, x), mask));
    T active = expand.forward(pass, norm2.forward(pass, z)).swish(GELU_SLOPE);
    return z.add(contract.forward(pass, active));
  }
}
