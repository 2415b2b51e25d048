// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.kairos.lp.Certificate;
import dev.kairos.lp.LinearProgram;
import dev.kairos.lp.LpResult;
import dev.kairos.lp.io.Mps;
import dev.kairos.lp.io.MpsProblem;
import dev.kairos.lp.simplex.SimplexOptions;
import dev.kairos.lp.simplex.SimplexSolver;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
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

  /** What is printed; NaN where the status has no such number. */
  private record Report(
      String status,
      double objective,
      int iterations,
      double primalResidual,
      double dualResidual,
      double seconds) {}

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
    LpResult result =
        new SimplexSolver(SimplexOptions.defaults().withTimeLimit(limit)).solve(problem.program());
    double seconds = (System.nanoTime() - begun) * 1e-9;
    Report report = report(problem, result, seconds);
    double[] x = solution && result instanceof LpResult.Optimal found ? found.x() : new double[0];
    if (json) {
      kairos.out().println(toJson(problem.program(), report, x));
    } else {
      print(problem.program(), report, x);
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

  private static Report report(MpsProblem problem, LpResult result, double seconds) {
    int iterations = result.iterations();
    if (result instanceof LpResult.Stopped stopped) {
      String status = stopped.reason().name().toLowerCase(Locale.ROOT);
      return new Report(status, Double.NaN, iterations, Double.NaN, Double.NaN, seconds);
    }
    Certificate check = Certificate.verify(problem.program(), result);
    double primal = check.primalResidual();
    double dual = check.dualResidual();
    if (result instanceof LpResult.Optimal found) {
      double objective = problem.inSense(found.objective());
      return new Report("optimal", objective, iterations, primal, dual, seconds);
    }
    boolean infeasible = result instanceof LpResult.Infeasible;
    return new Report(
        infeasible ? "infeasible" : "unbounded",
        Double.NaN,
        iterations,
        infeasible ? Double.NaN : primal,
        dual,
        seconds);
  }

  private void print(LinearProgram program, Report report, double[] x) {
    line("status", report.status());
    number("objective", report.objective());
    line("iterations", String.valueOf(report.iterations()));
    number("primal residual", report.primalResidual());
    number("dual residual", report.dualResidual());
    line("seconds", String.format(Locale.ROOT, "%.3f", report.seconds()));
    for (int j = 0; j < x.length; j++) {
      line("  " + program.columnName(j), String.valueOf(x[j]));
    }
  }

  private void number(String name, double value) {
    if (!Double.isNaN(value)) {
      line(name, String.valueOf(value));
    }
  }

  private void line(String name, String value) {
    lp.kairos().out().printf("%-16s %s%n", Messages.oneLine(name), value);
  }

  private String toJson(LinearProgram program, Report report, double[] x) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = new JsonFactory().createGenerator(text)) {
      out.writeStartObject();
      out.writeStringField("status", report.status());
      number(out, "objective", report.objective());
      out.writeNumberField("iterations", report.iterations());
      number(out, "primal_residual", report.primalResidual());
      number(out, "dual_residual", report.dualResidual());
      out.writeNumberField("seconds", report.seconds());
      if (x.length > 0) {
        out.writeObjectFieldStart("x");
        for (int j = 0; j < x.length; j++) {
          out.writeNumberField(program.columnName(j), x[j]);
        }
        out.writeEndObject();
      }
      out.writeEndObject();
    }
    return text.toString();
  }

  private static void number(JsonGenerator out, String name, double value) throws IOException {
    if (Double.isNaN(value)) {
      out.writeNullField(name);
    } else {
      out.writeNumberField(name, value);
    }
  }
}
