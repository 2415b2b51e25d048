// SPDX-License-Identifier: Apache-2.0
package dev.kairos.spark.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SharesTest {
  @Test
  void everyPieceIsInOneTaskAndTheLongestComeFirst() {
    List<Integer> pieces =
        new ArrayList<>(IntStream.range(0, 1000).map(i -> (i * 7919) % 1000 + 1).boxed().toList());
    List<List<Integer>> tasks = Shares.of(pieces, Integer::longValue, 3);
    List<Integer> dealt = tasks.stream().flatMap(List::stream).toList();
    Collections.sort(pieces, Collections.reverseOrder());
    assertEquals(pieces, dealt);
    long all = pieces.stream().mapToLong(Integer::longValue).sum();
    long first = sum(tasks.get(0));
    long last = sum(tasks.get(tasks.size() - 1));
    assertTrue(first >= all / 12 && first < all / 6, first + " of " + all);
    assertTrue(last <= all / 64, last + " of " + all);
    assertTrue(tasks.size() < 120, tasks.size() + " tasks");
  }

  private static long sum(List<Integer> task) {
    return task.stream().mapToLong(Integer::longValue).sum();
  }

  @Test
  void oneHugePieceIsATaskOfItsOwn() {
    List<List<Integer>> tasks = Shares.of(List.of(1, 1_000_000, 1), Integer::longValue, 2);
    assertEquals(List.of(1_000_000), tasks.get(0));
  }

  @Test
  void nothingIsNoTask() {
    assertEquals(List.of(), Shares.of(List.<Integer>of(), Integer::longValue, 2));
  }

  @Test
  void whatIsMissingStillIsAsked() {
    List<List<Integer>> tasks = Shares.of(List.of(0, 0, 0), Integer::longValue, 8);
    assertEquals(3, tasks.stream().mapToInt(List::size).sum());
  }
}
