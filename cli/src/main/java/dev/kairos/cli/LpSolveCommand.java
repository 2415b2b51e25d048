// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli;

import dev.kairos.lp.LpResult;
import dev.kairos.lp.io.Mps;
import dev.kairos.lp.io.MpsProblem;
import dev.kairos.lp.simplex.SimplexOptions;
import dev.kairos.lp.simplex.SimplexSolver;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code kairos lp solve}: an MPS file to its optimum, or the proof that there is none. */
@Command(
    name = "solve",
    description = {
      "Solve a linear program from an MPS file (free or fixed, .gz too) by the simplex method.",
      "Every answer is checked against the file; infeasible and unbounded are answers (exit 0)."
    },
    sortOptions = false,
    footerHeading = "%nExample:%n",
    footer = "  kairos lp solve afiro.mps.gz --json --time-limit 60")
final class LpSolveCommand implements Callable<Integer> {
  private static final double MOST_SECONDS = 1e9;

  @ParentCommand private LpCommand lp;

  @Parameters(paramLabel = "F.mps[.gz]", description = "The program; - for one on standard input.")
  private Path file;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Option(
      names = "--time-limit",
      paramLabel = "SECONDS",
      description = "Stop after so long (default: never).")
  private double timeLimit = MOST_SECONDS;

  @Option(names = "--solution", description = "Also print the value of every column.")
  private boolean solution;

  @SuppressWarnings("NullAway.Init") // picocli sets the parent and the file
  LpSolveCommand() {}

  @Override
  public Integer call() throws Exception {
    if (!(timeLimit >= 0)) {
      throw new UsageException("--time-limit must be at least 0: " + timeLimit, "");
    }
    KairosCommand kairos = lp.kairos();
    return StopSignal.guardWhole(kairos.messages(), kairos.out(), this::solve);
  }

  private int solve() throws IOException {
    KairosCommand kairos = lp.kairos();
    MpsProblem problem = read();
    problem.notes().forEach(note -> kairos.messages().info(file + ": " + note));
    Duration limit = Duration.ofMillis((long) (1000 * Math.min(timeLimit, MOST_SECONDS)));
    long begun = System.nanoTime();
    SimplexOptions options =
        SimplexOptions.defaults()
            .withTimeLimit(limit)
            .withListener(new LpProgress(problem, kairos.messages(), System::nanoTime));
    LpResult result = new SimplexSolver(options).solve(problem.program());
    LpReport report = new LpReport(problem, result, (System.nanoTime() - begun) * 1e-9);
    if (json) {
      kairos.out().println(report.toJson(solution));
    } else {
      report.print(kairos.out(), solution);
    }
    return result instanceof LpResult.Stopped stopped ? unproved(stopped) : 0;
  }

  private MpsProblem read() throws IOException {
    if (!file.toString().equals("-")) {
      return Mps.read(file);
    }
    file = Path.of("standard input"); // its name in messages
    return Mps.read(System.in, file.toString());
  }

  private int unproved(LpResult.Stopped stopped) {
    Failure failure =
        switch (stopped.reason()) {
          case TIME_LIMIT, ITERATION_LIMIT ->
              new Failure("KINT-002", file + ": not solved in time", "", "raise --time-limit");
          case INTERRUPTED -> new Failure("KINT-001", file + ": stopped", "", "run it again");
          case IMPRECISE ->
              new Failure("KNUM-003", file + ": no answer passed the check", "", "scale the data");
        };
    lp.kairos().out().flush();
    return lp.kairos().messages().error(failure);
  }
}
