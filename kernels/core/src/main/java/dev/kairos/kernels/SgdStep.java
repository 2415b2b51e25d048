// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels;

/**
 * The constants of one stochastic-gradient update with momentum: {@code g' = g + l2 * p}, {@code v
 * = momentum * v + g'}, {@code p = p - lr * v} (or {@code lr * (g' + momentum * v)} with Nesterov).
 *
 * @param learningRate lr
 * @param momentum 0 for none
 * @param l2 decay coupled into the gradient
 * @param nesterov look one step ahead
 */
public record SgdStep(double learningRate, double momentum, double l2, boolean nesterov) {}
