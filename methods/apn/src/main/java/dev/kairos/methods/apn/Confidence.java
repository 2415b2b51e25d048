// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.apn;

import dev.kairos.nn.FileLayout;
import dev.kairos.nn.Parameter;
import dev.kairos.nn.Parameters;
import dev.kairos.nn.Pass;
import dev.kairos.nn.init.Initializer;
import dev.kairos.nn.layer.Linear;
import dev.kairos.tensor.Shape;
import dev.kairos.tensor.Tensor;
import dev.kairos.tensor.TensorOps;

/**
 * How complete a proposal is as an action of each class, before the sigmoid: the cosine of its
 * vision vector and the class's text, scaled and shifted; or, without text, a linear map of CLS.
 *
 * <p>The paper takes the logarithm of the cosine, which may be negative: so it is scaled, shifted
 * and goes through a sigmoid. The scale begins at {@code 1 / tau = 10} and ends at 100, as CLIP's.
 */
abstract class Confidence {
  /** What a vector shorter than this is divided by does not matter: it is zero. */
  private static final double SHORTEST = 1e-12;

  private static final double FIRST_SCALE = Math.log(10);
  private static final double MOST = 100;

  /** What it is made of. */
  enum Kind {
    /** Vision and the names of classes. */
    TEXT,
    /** A linear map of CLS. */
    MLP
  }

  /** The logits {@code [P,M]} of the confidence of P proposals in M classes. */
  abstract <T extends TensorOps<T>> T logits(Pass<T> pass, ProposalEncoder.Output<T> encoded);

  /**
   * By class names.
   *
   * @param texts vectors of the classes, of any length, {@code [M,E]}
   */
  static Confidence byText(Parameters parameters, Tensor texts) {
    Parameter omega = scalar(parameters, "omega", FIRST_SCALE);
    Parameter beta = scalar(parameters, "beta", 0);
    return new Confidence() {
      @Override
      <T extends TensorOps<T>> T logits(Pass<T> pass, ProposalEncoder.Output<T> encoded) {
        return scaled(cosines(encoded.vision(), texts), pass.of(omega), pass.of(beta));
      }
    };
  }

  /** By a linear map of CLS. */
  static Confidence byMlp(Parameters parameters, int width, int classes) {
    Linear head = new Linear(parameters.at("head"), width, classes, true);
    return new Confidence() {
      @Override
      <T extends TensorOps<T>> T logits(Pass<T> pass, ProposalEncoder.Output<T> encoded) {
        return head.forward(pass, encoded.cls());
      }
    };
  }

  private static Parameter scalar(Parameters parameters, String name, double value) {
    return parameters.create(name, Shape.of(1), Initializer.constant(value), FileLayout.SAME);
  }

  /** Scaled by {@code exp(omega)}, at most 100, and shifted by beta. */
  static <T extends TensorOps<T>> T scaled(T cosines, T omega, T beta) {
    return cosines.multiply(omega.exp().clamp(0, MOST)).add(beta);
  }

  /**
   * Cosines of all pairs, 0 for a vector of zeros.
   *
   * @param vision {@code [P,E]}
   * @param texts {@code [M,E]}
   * @return {@code [P,M]}
   */
  static <T extends TensorOps<T>> T cosines(T vision, Tensor texts) {
    Tensor unit = texts.l2Normalize(SHORTEST).transpose(0, 1);
    return vision.l2Normalize(SHORTEST).matmul(vision.constant(unit));
  }
}
