// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli;

import dev.kairos.lp.Basis;
import dev.kairos.lp.LpResult;
import dev.kairos.lp.io.MpsBasis;
import dev.kairos.lp.io.MpsProblem;
import dev.kairos.lp.simplex.SimplexSolver;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code kairos lp solve}: a file to its optimum, or the proof that there is none. */
@Command(
    name = "solve",
    description = {
      "Solve a linear program from an MPS file (free or fixed) or an LP file (.lp, CPLEX's format),",
      "also compressed (.gz), by the simplex method. Every answer is checked against the file;",
      "infeasible, with the rows that prove it, and unbounded are answers (exit 0)."
    },
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  kairos lp solve afiro.mps.gz --json --time-limit 60",
      "  kairos lp solve plan.lp --solution --duals --basis-out plan.bas",
      "  kairos lp solve changed.lp --basis-in plan.bas --solution-file changed.json --log"
    })
final class LpSolveCommand implements Callable<Integer> {
  @ParentCommand private LpCommand lp;

  @Parameters(paramLabel = "FILE", description = "The program; - for one on standard input.")
  private Path file;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Mixin private LpTables tables = new LpTables();

  @Mixin private LpFiles files = new LpFiles();

  @Mixin private LpSolverOptions solver = new LpSolverOptions();

  @Option(names = "--log", description = "Say on standard error how the solve goes on.")
  private boolean log;

  @SuppressWarnings("NullAway.Init") // picocli sets the parent and the file
  LpSolveCommand() {}

  @Override
  public Integer call() throws Exception {
    solver.check();
    KairosCommand kairos = lp.kairos();
    return StopSignal.guardWhole(kairos.messages(), kairos.out(), this::solve);
  }

  private int solve() throws IOException {
    KairosCommand kairos = lp.kairos();
    MpsProblem problem = files.read(file);
    if (file.toString().equals("-")) {
      file = Path.of("standard input"); // its name in messages
    }
    Messages messages = kairos.messages();
    problem.notes().forEach(note -> messages.info(file + ": " + note));
    if (log) {
      messages.info(file + ": " + problem.program());
    }
    Path from = files.basisIn();
    Basis start = from == null ? null : MpsBasis.read(from, problem.program());
    long begun = System.nanoTime();
    LpResult result = solved(problem, start);
    LpReport report = new LpReport(problem, result, (System.nanoTime() - begun) * 1e-9);
    files.write(problem, result, report, messages);
    if (json) {
      kairos.out().println(report.toJson(tables));
    } else {
      report.print(kairos.out(), tables);
    }
    return result instanceof LpResult.Stopped stopped ? unproved(stopped) : 0;
  }

  private LpResult solved(MpsProblem problem, @Nullable Basis start) {
    Messages messages = lp.kairos().messages();
    LpProgress progress =
        log
            ? LpProgress.log(problem, messages)
            : new LpProgress(problem, messages, System::nanoTime);
    SimplexSolver simplex = new SimplexSolver(solver.options().withListener(progress));
    return start == null
        ? simplex.solve(problem.program())
        : simplex.solve(problem.program(), start);
  }

  private int unproved(LpResult.Stopped stopped) {
    Failure failure =
        switch (stopped.reason()) {
          case TIME_LIMIT ->
              new Failure("KINT-002", file + ": not solved in time", "", "raise --time-limit");
          case ITERATION_LIMIT ->
              new Failure(
                  "KINT-002",
                  file + ": not solved in so few iterations",
                  "",
                  "raise --iteration-limit");
          case INTERRUPTED -> new Failure("KINT-001", file + ": stopped", "", "run it again");
          case IMPRECISE ->
              new Failure("KNUM-003", file + ": no answer passed the check", "", "scale the data");
        };
    lp.kairos().out().flush();
    return lp.kairos().messages().error(failure);
  }
}
