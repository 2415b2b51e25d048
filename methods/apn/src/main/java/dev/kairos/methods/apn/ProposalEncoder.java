// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.apn;

import dev.kairos.nn.FileLayout;
import dev.kairos.nn.Parameter;
import dev.kairos.nn.Parameters;
import dev.kairos.nn.Pass;
import dev.kairos.nn.init.Initializer;
import dev.kairos.nn.layer.LayerNorm;
import dev.kairos.nn.layer.Linear;
import dev.kairos.nn.layer.TransformerBlock;
import dev.kairos.tensor.Shape;
import dev.kairos.tensor.TensorOps;
import java.util.ArrayList;
import java.util.List;

/**
 * What a proposal shows: a transformer over the N samples of it and one token of its own, CLS. The
 * class follows from CLS; what class names are compared with, from the samples.
 *
 * <p>Source: the paper's proposal evaluation module. Size and kind of encoder are not given there;
 * the blocks are CLIP's.
 */
final class ProposalEncoder {
  private static final double EPSILON = 1e-5;
  private static final double TOKEN_DEVIATION = 0.02;

  /**
   * Sizes.
   *
   * @param samples N of a proposal
   * @param width W inside
   * @param heads of the attention, a divisor of W
   * @param layers L
   * @param mlp width of the hidden layer that classes are scored from
   * @param pooling what the vision vector is made of
   */
  record Sizes(int samples, int width, int heads, int layers, int mlp, Pooling pooling) {}

  /** What the vision vector is made of. */
  enum Pooling {
    /** The mean of the samples' tokens. */
    MEAN,
    /** CLS. */
    CLS
  }

  /**
   * What it says of P proposals.
   *
   * @param logits of classes {@code [P,M]}
   * @param vision vectors {@code [P,E]}
   * @param cls the token, {@code [P,W]}
   */
  record Output<T>(T logits, T vision, T cls) {}

  private final Sizes sizes;
  private final Parameter inWeight;
  private final Parameter inBias;
  private final Parameter cls;
  private final Parameter positions;
  private final LayerNorm before;
  private final List<TransformerBlock> blocks = new ArrayList<>();
  private final LayerNorm after;
  private final Linear hidden;
  private final Linear classes;
  private final Parameter projection;

  /**
   * An encoder with fresh weights.
   *
   * @param in width D' of the embedded features
   * @param classes M
   * @param text width E of the vectors of class names
   */
  ProposalEncoder(Parameters parameters, int in, int classes, int text, Sizes sizes) {
    this.sizes = sizes;
    int width = sizes.width();
    Initializer tokens = Initializer.normal(TOKEN_DEVIATION);
    this.cls = parameters.create("cls_token", Shape.of(width), tokens, FileLayout.SAME);
    this.positions =
        parameters.create(
            "pos_embed", Shape.of(sizes.samples() + 1, width), tokens, FileLayout.SAME);
    this.projection =
        parameters.create(
            "vis_proj",
            Shape.of(width, text),
            Initializer.normal(1 / Math.sqrt(width)),
            FileLayout.SAME);
    Parameters map = parameters.at("in_proj");
    Initializer fanIn = Initializer.fanIn(in);
    this.inWeight = map.create("weight", Shape.of(in, width), fanIn, FileLayout.LINEAR);
    this.inBias = map.create("bias", Shape.of(width), fanIn, FileLayout.SAME);
    this.before = new LayerNorm(parameters.at("ln_pre"), width, EPSILON);
    for (int i = 0; i < sizes.layers(); i++) {
      Parameters block = parameters.at("blocks").at(Integer.toString(i));
      blocks.add(new TransformerBlock(block, width, sizes.heads(), sizes.layers()));
    }
    this.after = new LayerNorm(parameters.at("ln_post"), width, EPSILON);
    this.hidden = new Linear(parameters.at("fc1"), width, sizes.mlp(), true);
    this.classes = new Linear(parameters.at("fc2"), sizes.mlp(), classes, true);
  }

  /**
   * The first linear map, without its bias. Samples are linear in the snippets, so mapping the
   * snippets and sampling what comes out is the same as mapping the samples, of which there are
   * more; the bias is added by {@link #forward}.
   *
   * @param x embedded features {@code [rows,D']}
   * @return {@code [rows,W]}
   */
  <T extends TensorOps<T>> T map(Pass<T> pass, T x) {
    return x.matmul(pass.of(inWeight));
  }

  /**
   * Encodes.
   *
   * @param samples of mapped features, {@code [P,N,W]}
   */
  <T extends TensorOps<T>> Output<T> forward(Pass<T> pass, T samples) {
    T tokens = tokens(pass, samples);
    T first = tokens.select(1, 0); // [P,W]
    T pooled =
        switch (sizes.pooling()) {
          case MEAN -> tokens.narrow(1, 1, sizes.samples()).mean(false, 1);
          case CLS -> first;
        };
    T logits = classes.forward(pass, hidden.forward(pass, first).relu());
    return new Output<>(logits, pooled.matmul(pass.of(projection)), first);
  }

  /** All tokens at the end, CLS first, {@code [P,N+1,W]}. */
  <T extends TensorOps<T>> T tokens(Pass<T> pass, T samples) {
    int proposals = samples.shape().size(0);
    int width = sizes.width();
    T h = samples.add(pass.of(inBias));
    T own = pass.of(cls).broadcastTo(Shape.of(proposals, 1, width));
    T z = before.forward(pass, own.concat(1, List.of(h)).add(pass.of(positions)));
    for (TransformerBlock block : blocks) {
      z = block.forward(pass, z, null);
    }
    return after.forward(pass, z);
  }
}
