// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.kairos.lp.Certificate;
import dev.kairos.lp.Conflict;
import dev.kairos.lp.LpResult;
import dev.kairos.lp.io.MpsProblem;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What {@code lp solve} prints of an answer, as lines or as JSON. */
final class LpReport {
  /** So many rows and columns of a conflict are printed for people. */
  private static final int MOST_PARTS = 20;

  private final MpsProblem problem;
  private final LpResult result;
  private final String status;
  private final double seconds;
  private final @Nullable Conflict conflict;

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
    double bound = result instanceof LpResult.Stopped stopped ? stopped.bound() : Double.NaN;
    put("bound", Double.isFinite(bound), problem.inSense(bound));
    conflict =
        result instanceof LpResult.Infeasible infeasible
            ? Conflict.of(problem.program(), infeasible)
            : null;
  }

  private void put(String name, boolean there, double value) {
    numbers.put(name, there ? value : Double.NaN);
  }

  /** Prints a line a number, and the tables that are asked for. */
  void print(PrintStream out, LpTables tables) {
    line(out, "status", status);
    line(out, "iterations", String.valueOf(result.iterations()));
    numbers.forEach(
        (name, value) -> {
          if (!Double.isNaN(value)) {
            line(out, name.replace('_', ' '), String.valueOf(value));
          }
        });
    line(out, "seconds", String.format(Locale.ROOT, "%.3f", seconds));
    if (conflict != null) {
      print(out, "conflict of rows", conflict.rows());
      print(out, "bounds of columns", conflict.columns());
    }
    for (LpTables.Table table : tables.of(problem, result)) {
      if (!table.key().equals("x")) {
        out.println(table.key().replace('_', ' ') + ":");
      }
      for (int k = 0; k < table.size(); k++) {
        line(out, "  " + table.names().apply(k), String.valueOf(table.values().applyAsDouble(k)));
      }
    }
  }

  private static void print(PrintStream out, String title, List<Conflict.Part> parts) {
    line(out, title, String.valueOf(parts.size()));
    for (Conflict.Part part : parts.subList(0, Math.min(MOST_PARTS, parts.size()))) {
      line(out, "  " + part.name(), "at " + part.bound() + ", times " + part.multiplier());
    }
    if (parts.size() > MOST_PARTS) {
      line(out, "  ...", "--json has all");
    }
  }

  /** The values of the columns as a file, a name and a number a line. */
  String solutionLines() {
    StringBuilder text = new StringBuilder("# Status = " + status + "\n");
    if (result instanceof LpResult.Optimal found) {
      text.append("# Objective value = ").append(problem.inSense(found.objective())).append('\n');
      double[] x = found.x();
      for (int j = 0; j < x.length; j++) {
        String name = Messages.oneLine(problem.program().columnName(j));
        text.append(name).append(' ').append(x[j]).append('\n');
      }
    }
    return text.toString();
  }

  private static void line(PrintStream out, String name, String value) {
    out.printf("%-16s %s%n", Messages.oneLine(name), value);
  }

  /** One JSON object. */
  String toJson(LpTables tables) throws IOException {
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
      if (conflict != null) {
        out.writeObjectFieldStart("conflict");
        parts(out, "rows", conflict.rows());
        parts(out, "columns", conflict.columns());
        out.writeEndObject();
      }
      for (LpTables.Table table : tables.of(problem, result)) {
        out.writeObjectFieldStart(table.key());
        for (int k = 0; k < table.size(); k++) {
          out.writeNumberField(table.names().apply(k), table.values().applyAsDouble(k));
        }
        out.writeEndObject();
      }
      out.writeEndObject();
    }
    return text.toString();
  }

  private static void parts(JsonGenerator out, String key, List<Conflict.Part> parts)
      throws IOException {
    out.writeArrayFieldStart(key);
    for (Conflict.Part part : parts) {
      out.writeStartObject();
      out.writeStringField("name", part.name());
      out.writeNumberField("multiplier", part.multiplier());
      out.writeNumberField("bound", part.bound());
      out.writeEndObject();
    }
    out.writeEndArray();
  }
}
