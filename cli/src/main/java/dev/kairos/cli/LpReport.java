// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.kairos.lp.Certificate;
import dev.kairos.lp.LpResult;
import dev.kairos.lp.io.MpsProblem;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What {@code lp solve} prints of an answer, as lines or as JSON. */
final class LpReport {
  private final MpsProblem problem;
  private final LpResult result;
  private final String status;
  private final double seconds;

  /** Numbers in the order in which they are printed; NaN where the status has no such number. */
  private final Map<String, Double> numbers = new LinkedHashMap<>();

  LpReport(MpsProblem problem, LpResult result, double seconds) {
    this.problem = problem;
    this.result = result;
    this.seconds = seconds;
    Certificate check = Certificate.verify(problem.program(), result);
    LpResult.Optimal optimal = result instanceof LpResult.Optimal found ? found : null;
    boolean proof = result instanceof LpResult.Infeasible || result instanceof LpResult.Unbounded;
    boolean point = optimal != null || result instanceof LpResult.Unbounded;
    boolean answer = optimal != null || proof;
    status =
        result instanceof LpResult.Stopped stopped
            ? stopped.reason().name().toLowerCase(Locale.ROOT)
            : result.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    put("objective", optimal != null, optimal == null ? 0 : problem.inSense(optimal.objective()));
    put("primal_residual", point, check.primalResidual());
    put("primal_violation", point, check.primalViolation());
    put("dual_residual", answer, check.dualResidual());
    put("dual_violation", answer, check.dualViolation());
    put("gap", optimal != null, check.gap());
    put("margin", proof, check.margin());
    put("rounding", proof, check.rounding());
  }

  private void put(String name, boolean there, double value) {
    numbers.put(name, there ? value : Double.NaN);
  }

  private double[] x(boolean solution) {
    return solution && result instanceof LpResult.Optimal found ? found.x() : new double[0];
  }

  /** Prints a line a number. */
  void print(PrintStream out, boolean solution) {
    line(out, "status", status);
    line(out, "iterations", String.valueOf(result.iterations()));
    numbers.forEach(
        (name, value) -> {
          if (!Double.isNaN(value)) {
            line(out, name.replace('_', ' '), String.valueOf(value));
          }
        });
    line(out, "seconds", String.format(Locale.ROOT, "%.3f", seconds));
    double[] x = x(solution);
    for (int j = 0; j < x.length; j++) {
      line(out, "  " + problem.program().columnName(j), String.valueOf(x[j]));
    }
  }

  private static void line(PrintStream out, String name, String value) {
    out.printf("%-16s %s%n", Messages.oneLine(name), value);
  }

  /** One JSON object. */
  String toJson(boolean solution) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = new JsonFactory().createGenerator(text)) {
      out.writeStartObject();
      out.writeStringField("status", status);
      out.writeNumberField("iterations", result.iterations());
      for (Map.Entry<String, Double> number : numbers.entrySet()) {
        if (Double.isNaN(number.getValue())) {
          out.writeNullField(number.getKey());
        } else {
          out.writeNumberField(number.getKey(), number.getValue());
        }
      }
      out.writeNumberField("seconds", seconds);
      double[] x = x(solution);
      if (x.length > 0) {
        out.writeObjectFieldStart("x");
        for (int j = 0; j < x.length; j++) {
          out.writeNumberField(problem.program().columnName(j), x[j]);
        }
        out.writeEndObject();
      }
      out.writeEndObject();
    }
    return text.toString();
  }
}
