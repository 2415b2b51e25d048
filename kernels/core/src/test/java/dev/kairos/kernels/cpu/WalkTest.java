// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kairos.kernels.Backend;
import dev.kairos.kernels.Strided;
import dev.kairos.kernels.contract.Seeded;
import dev.kairos.kernels.reference.ReferenceBackend;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class WalkTest {
  private final Backend backend = new ReferenceBackend();

  private Strided view(int offset, int[] sizes, int... strides) {
    return new Strided(backend.allocate(0), offset, sizes, strides);
  }

  private static List<String> visits(Walk walk, int from, int to) {
    List<String> visits = new ArrayList<>();
    walk.runs(from, to, (p, q, r, n) -> visits.add(p + " " + q + " " + r + " x" + n));
    return visits;
  }

  @Test
  void contiguousViewsAreOneRun() {
    Strided all = view(7, new int[] {2, 3, 4}, 12, 4, 1);
    Walk walk = new Walk(all, all, all);
    assertEquals(1, walk.runs());
    assertEquals(24, walk.length());
    assertEquals(1, walk.firstStep());
    assertEquals(List.of("7 7 7 x24"), visits(walk, 0, 1));
  }

  @Test
  void axesMergeOnlyWhereAllViewsPassThemWithoutAGap() {
    int[] sizes = {2, 3, 4};
    Strided plain = view(0, sizes, 12, 4, 1);
    Strided gaps = view(1, sizes, 15, 5, 1);
    Walk walk = new Walk(plain, gaps, plain);
    assertEquals(6, walk.runs());
    assertEquals(4, walk.length());
    assertEquals(List.of("8 11 8 x4", "12 16 12 x4"), visits(walk, 2, 4));
  }

  @Test
  void aRepeatedRowEndsTheRun() {
    int[] sizes = {3, 4};
    Walk walk = new Walk(view(0, sizes, 4, 1), view(5, sizes, 0, 1), view(0, sizes, 4, 1));
    assertEquals(List.of("0 5 0 x4", "4 5 4 x4", "8 5 8 x4"), visits(walk, 0, walk.runs()));
  }

  @Test
  void aRepeatedElementMergesIntoOneRun() {
    int[] sizes = {3, 4};
    Walk walk = new Walk(view(0, sizes, 4, 1), view(2, sizes, 0, 0), view(0, sizes, 4, 1));
    assertEquals(List.of("0 2 0 x12"), visits(walk, 0, walk.runs()));
    assertEquals(0, walk.secondStep());
  }

  @Test
  void axesOfSizeOneAreDropped() {
    int[] sizes = {1, 3, 1, 4, 1};
    Strided odd = view(0, sizes, 99, 4, 77, 1, 55);
    Walk walk = new Walk(odd, odd, odd);
    assertEquals(List.of("0 0 0 x12"), visits(walk, 0, walk.runs()));
  }

  @Test
  void aSingleElementIsOneRun() {
    for (int[] sizes : new int[][] {{}, {1}, {1, 1}}) {
      Strided one = view(3, sizes, new int[sizes.length]);
      assertEquals(List.of("3 3 3 x1"), visits(new Walk(one, one, one), 0, 1));
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
        Walk walk = new Walk(none, none, none);
        assertEquals(0, walk.runs(), none.toString());
        assertEquals(List.of(), visits(walk, 0, walk.runs()));
      }
    }
  }

  @Test
  void runsFromAnywhereVisitElementsInRowOrder() {
    Seeded.trials(
        "walk",
        200,
        random -> {
          int rank = random.nextInt(5);
          int[] sizes = random.ints(rank, 1, 5).toArray();
          Strided a = view(random.nextInt(9), sizes, random.ints(rank, 0, 9).toArray());
          Strided b = view(random.nextInt(9), sizes, random.ints(rank, 0, 9).toArray());
          Strided c = new Strided(a.buffer(), 2, sizes, Strided.contiguousStrides(sizes));
          Walk walk = new Walk(a, b, c);
          List<String> expected = new ArrayList<>();
          for (int i = 0; i < a.count(); i++) {
            expected.add(at(a, i) + " " + at(b, i) + " " + at(c, i));
          }
          List<String> actual = new ArrayList<>();
          int cut = random.nextInt(walk.runs() + 1);
          Walk.Run run =
              (p, q, r, n) -> {
                for (int i = 0; i < n; i++) {
                  actual.add(
                      (p + i * walk.firstStep())
                          + " "
                          + (q + i * walk.secondStep())
                          + " "
                          + (r + i * walk.thirdStep()));
                }
              };
          walk.runs(0, cut, run);
          walk.runs(cut, walk.runs(), run);
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
    Walk walk = new Walk().set(gaps, repeated, gaps, 0, 3, 3);
    assertEquals(6, walk.runs());
    assertEquals(18, walk.pieces());
    int piece = 0;
    for (int run = 0; run < 6; run++) {
      for (int from = 0; from < 7; from += 3) {
        int at = run / 3 * 50 + run % 3 * 10 + from;
        assertEquals(5 + at, walk.first(piece), "piece " + piece);
        assertEquals(1 + run % 3, walk.second(piece), "piece " + piece);
        assertEquals(5 + at, walk.third(piece), "piece " + piece);
        assertEquals(Math.min(3, 7 - from), walk.length(piece), "piece " + piece);
        assertEquals(run * 7 + from, walk.number(piece), "piece " + piece);
        piece++;
      }
    }
  }

  @Test
  void aNestIsSetAgain() {
    Walk walk = new Walk();
    int[] six = {2, 3, 2, 3, 2, 3};
    Strided gaps = view(0, six, 2048, 512, 128, 32, 8, 2);
    walk.set(gaps, gaps, gaps);
    assertEquals(72, walk.pieces());
    assertEquals(2048 + 2 * 512 + 128 + 2 * 32 + 8, walk.first(71));
    Strided one = view(9, new int[] {1, 4}, 4, 1);
    walk.set(one, one, one);
    assertEquals(List.of("9 9 9 x4"), visits(walk, 0, walk.runs()));
    walk.set(gaps, gaps, gaps, 1, 3, 100);
    assertEquals(List.of("0 0 0 x2", "512 512 512 x2", "1024 1024 1024 x2"), visits(walk, 0, 3));
    Strided none = view(0, new int[] {3, 0, 2}, 1000, 1000, 1000);
    walk.set(none, none, none);
    assertEquals(0, walk.pieces());
  }
}
