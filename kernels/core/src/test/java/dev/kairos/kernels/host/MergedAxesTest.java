// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.host;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kairos.kernels.Backend;
import dev.kairos.kernels.Strided;
import dev.kairos.kernels.contract.Seeded;
import dev.kairos.kernels.reference.ReferenceBackend;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class MergedAxesTest {
  private final Backend backend = new ReferenceBackend();

  private Strided view(int offset, int[] sizes, int... strides) {
    return new Strided(backend.allocate(0), offset, sizes, strides);
  }

  private static List<String> visits(MergedAxes axes, int from, int to) {
    List<String> visits = new ArrayList<>();
    axes.runs(from, to, (p, q, r, n) -> visits.add(p + " " + q + " " + r + " x" + n));
    return visits;
  }

  @Test
  void contiguousViewsAreOneRun() {
    Strided all = view(7, new int[] {2, 3, 4}, 12, 4, 1);
    MergedAxes axes = new MergedAxes(all, all, all);
    assertEquals(1, axes.runs());
    assertEquals(24, axes.length());
    assertEquals(1, axes.firstStep());
    assertEquals(List.of("7 7 7 x24"), visits(axes, 0, 1));
  }

  @Test
  void axesMergeOnlyWhereAllViewsPassThemWithoutAGap() {
    int[] sizes = {2, 3, 4};
    Strided plain = view(0, sizes, 12, 4, 1);
    Strided gaps = view(1, sizes, 15, 5, 1);
    MergedAxes axes = new MergedAxes(plain, gaps, plain);
    assertEquals(6, axes.runs());
    assertEquals(4, axes.length());
    assertEquals(List.of("8 11 8 x4", "12 16 12 x4"), visits(axes, 2, 4));
  }

  @Test
  void aRepeatedRowEndsTheRun() {
    int[] sizes = {3, 4};
    MergedAxes axes =
        new MergedAxes(view(0, sizes, 4, 1), view(5, sizes, 0, 1), view(0, sizes, 4, 1));
    assertEquals(List.of("0 5 0 x4", "4 5 4 x4", "8 5 8 x4"), visits(axes, 0, axes.runs()));
  }

  @Test
  void aRepeatedElementMergesIntoOneRun() {
    int[] sizes = {3, 4};
    MergedAxes axes =
        new MergedAxes(view(0, sizes, 4, 1), view(2, sizes, 0, 0), view(0, sizes, 4, 1));
    assertEquals(List.of("0 2 0 x12"), visits(axes, 0, axes.runs()));
    assertEquals(0, axes.secondStep());
  }

  @Test
  void axesOfSizeOneAreDropped() {
    int[] sizes = {1, 3, 1, 4, 1};
    Strided odd = view(0, sizes, 99, 4, 77, 1, 55);
    MergedAxes axes = new MergedAxes(odd, odd, odd);
    assertEquals(List.of("0 0 0 x12"), visits(axes, 0, axes.runs()));
  }

  @Test
  void aSingleElementIsOneRun() {
    for (int[] sizes : new int[][] {{}, {1}, {1, 1}}) {
      Strided one = view(3, sizes, new int[sizes.length]);
      assertEquals(List.of("3 3 3 x1"), visits(new MergedAxes(one, one, one), 0, 1));
    }
  }

  @Test
  void nothingHasNoRun() {
    int[][] empties = {{0}, {3, 0}, {0, 3}, {2, 0, 3}, {2, 3, 0}};
    for (int[] sizes : empties) {
      for (int step : new int[] {0, 1, 7}) {
        int[] strides = new int[sizes.length];
        Arrays.fill(strides, step);
        Strided none = view(0, sizes, strides);
        MergedAxes axes = new MergedAxes(none, none, none);
        assertEquals(0, axes.runs(), none.toString());
        assertEquals(List.of(), visits(axes, 0, axes.runs()));
      }
    }
  }

  @Test
  void runsFromAnywhereVisitElementsInRowOrder() {
    Seeded.trials(
        "axes",
        200,
        random -> {
          int rank = random.nextInt(5);
          int[] sizes = random.ints(rank, 1, 5).toArray();
          Strided a = view(random.nextInt(9), sizes, random.ints(rank, 0, 9).toArray());
          Strided b = view(random.nextInt(9), sizes, random.ints(rank, 0, 9).toArray());
          Strided c = new Strided(a.buffer(), 2, sizes, Strided.contiguousStrides(sizes));
          MergedAxes axes = new MergedAxes(a, b, c);
          List<String> expected = new ArrayList<>();
          for (int i = 0; i < a.count(); i++) {
            expected.add(at(a, i) + " " + at(b, i) + " " + at(c, i));
          }
          List<String> actual = new ArrayList<>();
          int cut = random.nextInt(axes.runs() + 1);
          MergedAxes.Run run =
              (p, q, r, n) -> {
                for (int i = 0; i < n; i++) {
                  actual.add(
                      (p + i * axes.firstStep())
                          + " "
                          + (q + i * axes.secondStep())
                          + " "
                          + (r + i * axes.thirdStep()));
                }
              };
          axes.runs(0, cut, run);
          axes.runs(cut, axes.runs(), run);
          assertEquals(expected, actual);
        });
  }

  private static int at(Strided view, int index) {
    int at = view.offset();
    int rest = index;
    for (int axis = view.rank() - 1; axis >= 0; axis--) {
      at += rest % view.size(axis) * view.stride(axis);
      rest /= view.size(axis);
    }
    return at;
  }

  @Test
  void longRunsAreCutIntoPieces() {
    int[] sizes = {2, 3, 7};
    Strided gaps = view(5, sizes, 50, 10, 1);
    Strided repeated = view(1, sizes, 0, 1, 0);
    MergedAxes axes = new MergedAxes().set(gaps, repeated, gaps, 0, 3, 3);
    assertEquals(6, axes.runs());
    assertEquals(18, axes.pieces());
    int piece = 0;
    for (int run = 0; run < 6; run++) {
      for (int from = 0; from < 7; from += 3) {
        int at = run / 3 * 50 + run % 3 * 10 + from;
        assertEquals(5 + at, axes.first(piece), "piece " + piece);
        assertEquals(1 + run % 3, axes.second(piece), "piece " + piece);
        assertEquals(5 + at, axes.third(piece), "piece " + piece);
        assertEquals(Math.min(3, 7 - from), axes.length(piece), "piece " + piece);
        assertEquals(run * 7 + from, axes.number(piece), "piece " + piece);
        piece++;
      }
    }
  }

  @Test
  void aNestIsSetAgain() {
    MergedAxes axes = new MergedAxes();
    int[] six = {2, 3, 2, 3, 2, 3};
    Strided gaps = view(0, six, 2048, 512, 128, 32, 8, 2);
    axes.set(gaps, gaps, gaps, 4096);
    assertEquals(72, axes.pieces());
    assertEquals(2048 + 2 * 512 + 128 + 2 * 32 + 8, axes.first(71));
    Strided one = view(9, new int[] {1, 4}, 4, 1);
    axes.set(one, one, one, 4096);
    assertEquals(List.of("9 9 9 x4"), visits(axes, 0, axes.runs()));
    axes.set(gaps, gaps, gaps, 1, 3, 100);
    assertEquals(List.of("0 0 0 x2", "512 512 512 x2", "1024 1024 1024 x2"), visits(axes, 0, 3));
    Strided none = view(0, new int[] {3, 0, 2}, 1000, 1000, 1000);
    axes.set(none, none, none, 4096);
    assertEquals(0, axes.pieces());
  }
}
