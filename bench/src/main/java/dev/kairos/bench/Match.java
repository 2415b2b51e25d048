// SPDX-License-Identifier: Apache-2.0
package dev.kairos.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One case of one question, and who takes part.
 *
 * @param question the benchmark
 * @param parameters of the benchmark, all but the peer
 * @param peers who takes turns; ours first
 */
record Match(Class<? extends Duel> question, Map<String, String> parameters, List<String> peers) {
  /** A match at a size. */
  static Match of(Class<? extends Duel> question, String size, int threads, String... peers) {
    return new Match(
        question,
        new TreeMap<>(Map.of("size", size, "threads", Integer.toString(threads))),
        List.of(peers));
  }

  /** The same with one more parameter. */
  Match with(String name, String value) {
    Map<String, String> more = new TreeMap<>(parameters);
    more.put(name, value);
    return new Match(question, more, peers);
  }

  /** The same with some of the peers. */
  Match among(List<String> some) {
    return new Match(question, parameters, peers.stream().filter(some::contains).toList());
  }

  /** The question and its case, for people. */
  String title() {
    int threads = Integer.parseInt(parameters.getOrDefault("threads", "1"));
    List<String> words = new ArrayList<>();
    words.add(question.getSimpleName().replace("Benchmark", ""));
    parameters.forEach(
        (name, value) -> {
          if (!name.equals("threads")) {
            words.add(value);
          }
        });
    return String.join(" ", words) + ", " + threads + (threads == 1 ? " thread" : " threads");
  }
}
