// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels;

/**
 * The constants of one Adam update (Kingma and Ba, Algorithm 1; decoupled decay from Loshchilov and
 * Hutter). With {@code g' = g + l2 * p}: {@code m = b1 m + (1-b1) g'}, {@code v = b2 v + (1-b2)
 * g'^2}, {@code p = p * (1 - lr * decay) - lr * (m / c1) / (sqrt(v / c2) + eps)}.
 *
 * @param learningRate lr
 * @param beta1 b1
 * @param beta2 b2
 * @param epsilon eps, added outside the root
 * @param l2 decay coupled into the gradient (Adam)
 * @param decay decay applied to the parameter (AdamW)
 * @param correction1 c1 = 1 - b1^step
 * @param correction2 c2 = 1 - b2^step
 */
public record AdamStep(
    double learningRate,
    double beta1,
    double beta2,
    double epsilon,
    double l2,
    double decay,
    double correction1,
    double correction2) {}
