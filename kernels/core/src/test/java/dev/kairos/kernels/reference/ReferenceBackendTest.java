// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.reference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.kairos.kernels.AdamStep;
import dev.kairos.kernels.Backend;
import dev.kairos.kernels.Conv1dGeometry;
import dev.kairos.kernels.Philox;
import dev.kairos.kernels.RandomKey;
import dev.kairos.kernels.ReduceFunction;
import dev.kairos.kernels.RowFunction;
import dev.kairos.kernels.SgdStep;
import dev.kairos.kernels.Strided;
import dev.kairos.kernels.contract.HostBackendContract;
import org.junit.jupiter.api.Test;

/**
 * The definition of right, on cases worked by hand. Of the contract, which compares with this very
 * backend, it is the identities that say something here.
 */
class ReferenceBackendTest extends HostBackendContract {
  private final Backend backend = new ReferenceBackend();

  @Override
  protected Backend open(int threads) {
    return new ReferenceBackend();
  }

  private Strided view(int[] sizes, double... values) {
    Strided view = Strided.contiguous(backend.allocate(values.length), sizes);
    backend.write(view.buffer(), 0, values, 0, values.length);
    return view;
  }

  private Strided zeros(int... sizes) {
    return view(sizes, new double[new Strided(backend.allocate(0), 0, sizes, sizes).count()]);
  }

  private Strided indices(int[] sizes, int... values) {
    Strided view = Strided.contiguous(backend.allocateIndices(values.length), sizes);
    backend.write(view.buffer(), 0, values, 0, values.length);
    return view;
  }

  private static int[] sizes(int... sizes) {
    return sizes;
  }

  private void assertHolds(Strided view, double... expected) {
    double[] actual = new double[view.buffer().length()];
    backend.read(view.buffer(), 0, actual, 0, actual.length);
    assertArrayEquals(expected, actual, 1e-12);
  }

  @Test
  void productByHand() {
    Strided a = view(sizes(2, 3), 1, 2, 3, 4, 5, 6);
    Strided b = view(sizes(3, 2), 1, 0, 0, 1, 2, 3);
    Strided out = view(sizes(2, 2), 100, 100, 100, 100);
    backend.matmul(a, b, false, out);
    assertHolds(out, 7, 11, 16, 23);
    backend.matmul(a, b, true, out);
    assertHolds(out, 14, 22, 32, 46);
  }

  @Test
  void productOfTransposedViewsByHand() {
    Strided a = view(sizes(2, 3), 1, 2, 3, 4, 5, 6);
    Strided turned = new Strided(a.buffer(), 0, sizes(3, 2), sizes(1, 3));
    Strided out = zeros(3, 3);
    backend.matmul(turned, a, false, out);
    assertHolds(out, 17, 22, 27, 22, 29, 36, 27, 36, 45);
  }

  @Test
  void convolutionByHand() {
    // One channel, kernel (1, 10, 100), one zero on each side: no flip of the kernel.
    Conv1dGeometry g = new Conv1dGeometry(1, 4, 1, 1, 3, 1, 1, 1);
    Strided out = zeros(1, 4, 1);
    backend.conv1d(g, view(sizes(1, 4, 1), 1, 2, 3, 4), view(sizes(3, 1, 1), 1, 10, 100), out);
    assertHolds(out, 210, 321, 432, 43);
  }

  @Test
  void stridedDilatedConvolutionByHand() {
    // Taps at t*2 - 1 and t*2 + 1 of (1, 2, 3, 4, 5): (-, 2), (2, 4), (4, -).
    Conv1dGeometry g = new Conv1dGeometry(1, 5, 1, 1, 2, 2, 1, 2);
    Strided out = view(sizes(1, 3, 1), 0.5, 0, 0);
    backend.conv1d(g, view(sizes(1, 5, 1), 1, 2, 3, 4, 5), view(sizes(2, 1, 1), 1, 10), out);
    assertHolds(out, 20.5, 42, 4);
  }

  @Test
  void convolutionOverChannelsByHand() {
    // Two channels in, two out, kernel 1: a product with the weight [Cin, Cout].
    Conv1dGeometry g = new Conv1dGeometry(1, 2, 2, 2, 1, 1, 0, 1);
    Strided out = zeros(1, 2, 2);
    backend.conv1d(g, view(sizes(1, 2, 2), 1, 2, 3, 4), view(sizes(1, 2, 2), 5, 6, 7, 8), out);
    assertHolds(out, 19, 22, 43, 50);
  }

  @Test
  void gradientsOfTheConvolutionByHand() {
    Conv1dGeometry g = new Conv1dGeometry(1, 4, 1, 1, 3, 1, 1, 1);
    Strided x = view(sizes(1, 4, 1), 1, 2, 3, 4);
    Strided w = view(sizes(3, 1, 1), 1, 10, 100);
    Strided dy = view(sizes(1, 4, 1), 1, 0, 0, 2);
    Strided dx = zeros(1, 4, 1);
    backend.conv1dInputGradient(g, dy, w, dx);
    assertHolds(dx, 10, 100, 2, 20);
    Strided dw = zeros(3, 1, 1);
    backend.conv1dWeightGradient(g, x, dy, dw);
    assertHolds(dw, 6, 9, 2);
  }

  @Test
  void reductionsByHand() {
    Strided in = view(sizes(2, 3), 1, -2, 4, 8, 16, -32);
    Strided rows = zeros(2);
    backend.reduce(ReduceFunction.SUM, in, rows);
    assertHolds(rows, 3, -8);
    Strided columns = zeros(3);
    Strided turned = new Strided(in.buffer(), 0, sizes(3, 2), sizes(1, 3));
    backend.reduce(ReduceFunction.MAX, turned, columns);
    assertHolds(columns, 8, 16, 4);
    Strided all = zeros();
    backend.reduce(ReduceFunction.MIN, in, all);
    assertHolds(all, -32);
  }

  @Test
  void reductionsOfNothing() {
    Strided nothing = zeros(2, 0);
    Strided out = zeros(2);
    backend.reduce(ReduceFunction.SUM, nothing, out);
    assertHolds(out, 0, 0);
    backend.reduce(ReduceFunction.MAX, nothing, out);
    assertHolds(out, Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY);
    backend.reduce(ReduceFunction.MIN, nothing, out);
    assertHolds(out, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);
  }

  @Test
  void softmaxByHand() {
    Strided in = view(sizes(2, 2), 0, Math.log(3), 1000, 1000);
    Strided out = zeros(2, 2);
    backend.rows(RowFunction.SOFTMAX, 0, in, out);
    assertHolds(out, 0.25, 0.75, 0.5, 0.5);
    backend.rows(RowFunction.LOG_SOFTMAX, 0, in, out);
    assertHolds(out, Math.log(0.25), Math.log(0.75), Math.log(0.5), Math.log(0.5));
  }

  @Test
  void normalizeByHand() {
    // Mean 2, population variance 4.
    Strided out = zeros(4);
    backend.rows(RowFunction.NORMALIZE, 0, view(sizes(4), 0, 4, 0, 4), out);
    assertHolds(out, -1, 1, -1, 1);
    backend.rows(RowFunction.NORMALIZE, 12, view(sizes(4), 0, 4, 0, 4), out);
    assertHolds(out, -0.5, 0.5, -0.5, 0.5);
  }

  @Test
  void unitRowsByHand() {
    Strided out = zeros(2, 2);
    backend.rows(RowFunction.L2_NORMALIZE, 1, view(sizes(2, 2), 3, -4, 0, 0), out);
    assertHolds(out, 0.5, -4.0 / 6, 0, 0);
  }

  @Test
  void rowGradientsByHand() {
    Strided out = zeros(2);
    Strided dy = view(sizes(2), 1, 0);
    backend.rowsGradient(RowFunction.SOFTMAX, 0, view(sizes(2), 0.25, 0.75), dy, out);
    assertHolds(out, 0.1875, -0.1875);
    Strided logs = view(sizes(2), Math.log(0.25), Math.log(0.75));
    backend.rowsGradient(RowFunction.LOG_SOFTMAX, 0, logs, dy, out);
    assertHolds(out, 0.75, -0.75);
    // Mean 0, variance 1: s = 2, mean dy = 1/2, mean(dy d) = 1/2.
    backend.rowsGradient(RowFunction.NORMALIZE, 3, view(sizes(2), 1, -1), dy, out);
    assertHolds(out, 0.1875, -0.1875);
    // |x| = 5, s = 10, sum(dy x) = 3.
    backend.rowsGradient(RowFunction.L2_NORMALIZE, 5, view(sizes(2), 3, 4), dy, out);
    assertHolds(out, 0.082, -0.024);
    backend.rowsGradient(RowFunction.L2_NORMALIZE, 5, view(sizes(2), 0, 0), dy, out);
    assertHolds(out, 0.2, 0);
    backend.rowsGradient(RowFunction.L2_NORMALIZE, 0, view(sizes(2), 0, 0), dy, out);
    assertHolds(out, 0, 0);
  }

  @Test
  void topKByHand() {
    Strided in = view(sizes(7), 1, -0.0, Double.NaN, 3, 0.0, 3, Double.POSITIVE_INFINITY);
    Strided out = indices(sizes(7), new int[7]);
    backend.topK(in, 7, out);
    int[] order = new int[7];
    backend.read(out.buffer(), 0, order, 0, 7);
    assertArrayEquals(new int[] {2, 6, 3, 5, 0, 1, 4}, order);
  }

  @Test
  void gatherAndScatterByHand() {
    Strided rows = view(sizes(1, 3, 2), 1, 2, 3, 4, 5, 6);
    Strided numbers = indices(sizes(1, 4), 2, 0, 2, 2);
    Strided out = zeros(1, 4, 2);
    backend.gather(rows, numbers, out);
    assertHolds(out, 5, 6, 1, 2, 5, 6, 5, 6);
    Strided sums = zeros(1, 3, 2);
    backend.scatterAdd(out, numbers, sums);
    assertHolds(sums, 1, 2, 0, 0, 15, 18);
  }

  @Test
  void accumulateIntoOneElementByHand() {
    Strided out = view(sizes(1), 10);
    Strided repeated = new Strided(out.buffer(), 0, sizes(2, 2), sizes(0, 0));
    backend.accumulate(view(sizes(2, 2), 1, 2, 3, 4), repeated);
    assertHolds(out, 20);
  }

  @Test
  void resampleByHand() {
    Strided out = zeros(1, 6, 1);
    backend.resample(view(sizes(1, 3, 1), 0, 4, 8), out);
    assertHolds(out, 0, 1, 3, 5, 7, 8);
    Strided back = zeros(1, 3, 1);
    backend.resampleTranspose(view(sizes(1, 6, 1), 1, 0, 0, 0, 8, 1), back);
    assertHolds(back, 1, 2, 7);
  }

  @Test
  void dropoutTakesTheKeysNumbersInRowOrder() {
    RandomKey key = new RandomKey(5, 6);
    Strided out = zeros(2, 3);
    backend.dropout(view(sizes(2, 3), 1, 1, 1, 1, 1, 1), 0.5, key, out);
    double[] expected = new double[6];
    int[] words = new int[4];
    for (int i = 0; i < 6; i++) {
      Philox.block(key, i / 4, words);
      expected[i] = Philox.unit(words[i % 4]) < 0.5 ? 0 : 2;
    }
    assertHolds(out, expected);
  }

  @Test
  void adamByHand() {
    // First step: m / c1 = g' and v / c2 = g'^2, so p moves by the rate against the sign of g'.
    AdamStep plain = new AdamStep(0.1, 0.9, 0.999, 0, 0, 0, 0.1, 0.001);
    Strided p = view(sizes(2), 1, 2);
    Strided m = zeros(2);
    Strided v = zeros(2);
    backend.adam(plain, p.buffer(), view(sizes(2), 3, -4).buffer(), m.buffer(), v.buffer());
    assertHolds(p, 0.9, 2.1);
    assertHolds(m, 0.3, -0.4);
    assertHolds(v, 0.009, 0.016);
    // Coupled decay turns g = -1 at p = 2 into g' = 1; decoupled decay takes a fifth off p.
    AdamStep coupled = new AdamStep(0.1, 0.9, 0.999, 0, 1, 0, 0.1, 0.001);
    p = view(sizes(1), 2);
    Strided g = view(sizes(1), -1);
    backend.adam(coupled, p.buffer(), g.buffer(), zeros(1).buffer(), zeros(1).buffer());
    assertHolds(p, 1.9);
    AdamStep decoupled = new AdamStep(0.1, 0.9, 0.999, 0, 0, 2, 0.1, 0.001);
    p = view(sizes(1), 2);
    backend.adam(decoupled, p.buffer(), g.buffer(), zeros(1).buffer(), zeros(1).buffer());
    assertHolds(p, 1.7);
  }

  @Test
  void sgdByHand() {
    Strided p = view(sizes(1), 1);
    Strided v = view(sizes(1), 2);
    Strided g = view(sizes(1), 3);
    backend.sgd(new SgdStep(0.1, 0.5, 1, false), p.buffer(), g.buffer(), v.buffer());
    assertHolds(v, 5);
    assertHolds(p, 0.5);
    p = view(sizes(1), 1);
    v = view(sizes(1), 2);
    backend.sgd(new SgdStep(0.1, 0.5, 1, true), p.buffer(), g.buffer(), v.buffer());
    assertHolds(v, 5);
    assertHolds(p, 0.35);
  }
}
