// SPDX-License-Identifier: Apache-2.0
package dev.kairos.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Benchmarks without peers, and the file that others draw. */
class OwnBenchmarksTest {
  @Test
  void oursTakePartUnlessOthersAreNamed() {
    List<String> left = OwnBenchmarks.completed("Matmul");
    assertEquals(List.of("Matmul", "-p", "peer=kairos"), left.subList(0, 3));
    assertTrue(left.get(4).contains("jdk.incubator.vector"), left::toString);
    List<String> named = OwnBenchmarks.completed("-p", "peer=scalar", "-jvmArgsAppend", "-Xmx1g");
    assertEquals(List.of("-p", "peer=scalar", "-jvmArgsAppend", "-Xmx1g"), named);
    assertEquals(List.of("-l"), OwnBenchmarks.completed("-l"));
  }

  @Test
  void roundsBecomeForksOfOneEntry() throws RunnerException {
    RunResult first = measured("2x3x4");
    RunResult second = measured("2x3x4");
    RunResult other = measured("3x3x3");
    List<RunResult> joined = List.copyOf(OneEntryEach.of(List.of(first, other, second)));
    assertEquals(2, joined.size());
    assertEquals(2, joined.get(0).getBenchmarkResults().size());
    assertEquals(OneEntryEach.key(first), OneEntryEach.key(joined.get(0)));
    assertEquals(1, joined.get(1).getBenchmarkResults().size());
  }

  private static RunResult measured(String size) throws RunnerException {
    Options options =
        new OptionsBuilder()
            .include("^" + MatmulBenchmark.class.getName() + "\\.run$")
            .forks(0)
            .warmupIterations(0)
            .measurementIterations(1)
            .measurementTime(TimeValue.milliseconds(1))
            .param("peer", Peers.SCALAR)
            .param("size", size)
            .param("threads", "1")
            .verbosity(VerboseMode.SILENT)
            .build();
    return new Runner(options).run().iterator().next();
  }
}
