// SPDX-License-Identifier: Apache-2.0
package dev.kairos.spark.training;

/**
 * What a message between two workers is part of.
 *
 * @param exchange the number of the exchange, which all workers count alike
 * @param piece the number of the piece of work in it
 */
record Frame(long exchange, int piece) {}
