// SPDX-License-Identifier: Apache-2.0
package dev.kairos.bench;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.RunResult;

/**
 * The runs of several rounds as one result for each benchmark and choice of parameters, every round
 * one of its forks: what programs that draw JMH's numbers expect.
 */
final class OneEntryEach {
  private OneEntryEach() {}

  static Collection<RunResult> of(List<RunResult> rounds) {
    Map<String, List<RunResult>> byKey = new LinkedHashMap<>();
    for (RunResult round : rounds) {
      byKey.computeIfAbsent(key(round), key -> new ArrayList<>()).add(round);
    }
    return byKey.values().stream().map(OneEntryEach::joined).toList();
  }

  /** The benchmark and its parameters. */
  static String key(RunResult result) {
    StringBuilder key = new StringBuilder(result.getParams().getBenchmark());
    for (String name : result.getParams().getParamsKeys()) {
      key.append(' ').append(name).append('=').append(result.getParams().getParam(name));
    }
    return key.toString();
  }

  private static RunResult joined(List<RunResult> rounds) {
    List<BenchmarkResult> forks = new ArrayList<>();
    rounds.forEach(round -> forks.addAll(round.getBenchmarkResults()));
    return new RunResult(rounds.get(0).getParams(), forks);
  }
}
