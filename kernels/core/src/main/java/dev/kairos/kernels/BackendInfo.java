// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels;

/**
 * The properties of an open backend.
 *
 * @param name the name users type
 * @param precision what the elements are
 * @param lanes elements that one instruction handles; 1 for scalar code
 * @param arithmetic the group of loops that computes, one word: {@code reference}, {@code scalar}
 *     or {@code vector}. Loops of one group round the same steps in the same order and so give the
 *     same bits, whatever the number of threads and the width of the vectors; each group has bits
 *     of its own. Which one a JVM gets depends on how it was started: without the vector module,
 *     with {@code -Xint}, with C1 alone or on a processor without fused multiply-add ({@code
 *     -XX:UseAVX=0}) the vector loops are not used and scalar ones stand in. A run that must end in
 *     the same bits goes on in the group in which it began
 * @param threads threads it may use
 */
public record BackendInfo(
    String name, Precision precision, int lanes, String arithmetic, int threads) {}
