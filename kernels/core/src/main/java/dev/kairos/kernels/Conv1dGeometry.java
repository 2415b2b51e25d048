// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels;

/**
 * The sizes of a one-dimensional convolution over time: input {@code [N,T,Cin]}, weight {@code
 * [K,Cin,Cout]}, output {@code [N,Tout,Cout]}, zero padding, no kernel flip:
 *
 * <p>{@code y[n,t,o] = sum_k sum_c x[n, t*stride + k*dilation - padding, c] * w[k,c,o]}.
 *
 * @param batch N
 * @param time T
 * @param inputChannels Cin
 * @param outputChannels Cout
 * @param kernel K
 * @param stride input steps from one output to the next
 * @param padding zeros before the first and after the last input step
 * @param dilation input steps from one tap to the next
 */
public record Conv1dGeometry(
    int batch,
    int time,
    int inputChannels,
    int outputChannels,
    int kernel,
    int stride,
    int padding,
    int dilation) {

  /** Input steps that one window spans: {@code (K - 1) * dilation + 1}. */
  public int span() {
    return (kernel - 1) * dilation + 1;
  }

  /** Tout: {@code floor((T + 2 padding - span) / stride) + 1}, or 0 where no window fits. */
  public int outputTime() {
    int room = time + 2 * padding - span();
    return room < 0 ? 0 : room / stride + 1;
  }

  /** The input step that a tap reads for an output step; outside [0, T) it is padding. */
  public int inputStep(int outputStep, int tap) {
    return outputStep * stride + tap * dilation - padding;
  }

  /** The output step for which a tap reads an input step, or -1 where there is none. */
  public int outputStep(int inputStep, int tap) {
    int from = inputStep + padding - tap * dilation;
    boolean read = from >= 0 && from % stride == 0 && from / stride < outputTime();
    return read ? from / stride : -1;
  }

  /** First output step whose given tap reads the input and not the padding before it. */
  public int firstValid(int tap) {
    int before = padding - tap * dilation;
    return before <= 0 ? 0 : Math.min(outputTime(), (before + stride - 1) / stride);
  }

  /**
   * One past the last output step whose given tap reads the input; at least {@link #firstValid}.
   */
  public int endValid(int tap) {
    int last = time - 1 + padding - tap * dilation;
    int end = last < 0 ? 0 : Math.min(outputTime(), last / stride + 1);
    return Math.max(end, firstValid(tap));
  }
}
