// SPDX-License-Identifier: Apache-2.0
package dev.kairos.nn.layer;

import dev.kairos.nn.FileLayout;
import dev.kairos.nn.Parameter;
import dev.kairos.nn.Parameters;
import dev.kairos.nn.Pass;
import dev.kairos.nn.init.Initializer;
import dev.kairos.tensor.Shape;
import dev.kairos.tensor.ShapeException;
import dev.kairos.tensor.Tensor;
import dev.kairos.tensor.TensorOps;
import org.jspecify.annotations.Nullable;

/**
 * Self-attention with several heads (Vaswani et al. 2017, section 3.2) over {@code [N,T,W]}: a
 * packed projection to query, key and value, scores scaled by {@code 1/sqrt(head size)}, softmax,
 * and an output projection. Weights: {@code in_proj_weight [W, 3W]}, {@code in_proj_bias [3W]}, and
 * those of the output, {@code out_proj}, a {@link Linear} of {@code [W, W]}.
 */
public final class MultiHeadAttention {
  private final Parameter inWeight;
  private final Parameter inBias;
  private final Linear out;
  private final int heads;

  /**
   * A layer.
   *
   * @param width W, divisible by the heads
   * @param first values of the packed projection
   * @param output values of the output projection; biases begin at 0
   */
  public MultiHeadAttention(
      Parameters parameters, int width, int heads, Initializer first, Initializer output) {
    if (heads < 1 || width % heads != 0) {
      throw new IllegalArgumentException(
          "attention: width " + width + " must be divisible by " + heads + " heads");
    }
    this.inWeight =
        parameters.create("in_proj_weight", Shape.of(width, 3 * width), first, FileLayout.LINEAR);
    this.inBias =
        parameters.create(
            "in_proj_bias", Shape.of(3 * width), Initializer.zeros(), FileLayout.SAME);
    this.out = new Linear(parameters.at("out_proj"), width, width, output, Initializer.zeros());
    this.heads = heads;
  }

  /**
   * Attends.
   *
   * @param x {@code [N,T,W]}
   * @param mask added to the scores, {@code [T,T]}: 0 to see, minus infinity to hide; null for
   *     none. A step that sees nothing takes in nothing: 0 goes into the output projection for it,
   *     and no gradient flows back from it
   * @return {@code [N,T,W]}
   */
  public <T extends TensorOps<T>> T forward(Pass<T> pass, T x, @Nullable Tensor mask) {
    check(x.shape(), mask);
    int batch = x.shape().size(0);
    int time = x.shape().size(1);
    int width = x.shape().size(2);
    int head = width / heads;
    T packed = x.matmul(pass.of(inWeight), pass.of(inBias)); // [N,T,3W]
    T split = packed.reshape(batch, time, 3, heads, head).permute(2, 0, 3, 1, 4); // [3,N,H,T,h]
    T query = split.select(0, 0).multiply(1 / Math.sqrt(head));
    T scores = query.matmul(split.select(0, 1).transpose(-2, -1)); // [N,H,T,T]
    T weights = mask == null ? scores.softmax() : scores.maskedSoftmax(mask);
    T mixed = weights.matmul(split.select(0, 2)); // [N,H,T,h]
    return out.forward(pass, mixed.transpose(1, 2).reshape(batch, time, width));
  }

  private void check(Shape x, @Nullable Tensor mask) {
    int width = inWeight.value().shape().size(0);
    if (x.rank() != 3 || x.size(2) != width) {
      throw new ShapeException("attention: input " + x + " must be (N,T," + width + ")");
    }
    if (mask != null && !mask.shape().equals(Shape.of(x.size(1), x.size(1)))) {
      throw new ShapeException(
          "attention: mask " + mask.shape() + " must be (T,T) for input " + x + " (N,T,W)");
    }
  }
}
