// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli;

import dev.kairos.lp.LpResult;
import dev.kairos.lp.io.LpFormat;
import dev.kairos.lp.io.Mps;
import dev.kairos.lp.io.MpsBasis;
import dev.kairos.lp.io.MpsProblem;
import dev.kairos.tensor.io.AtomicFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The files that {@code lp solve} reads and writes, but for the program's name. */
final class LpFiles {
  /** How a program is written down. */
  enum Form {
    MPS,
    LP
  }

  @Option(
      names = "--format",
      paramLabel = "FORM",
      description = "mps or lp (CPLEX's); default by the file's ending: .lp, else MPS.")
  private @Nullable Form form;

  @Option(
      names = "--solution-file",
      paramLabel = "FILE",
      description =
          "Write the values of the columns, a name and a number a line; as .json everything, with"
              + " duals, reduced costs and activities.")
  private @Nullable Path solution;

  @Option(
      names = "--basis-in",
      paramLabel = "FILE",
      description = "Begin at a basis (MPS .bas), without presolve.")
  private @Nullable Path basisIn;

  @Option(
      names = "--basis-out",
      paramLabel = "FILE",
      description = "Write the basis of the optimum (MPS .bas).")
  private @Nullable Path basisOut;

  /** Reads a program; {@code -} is standard input. */
  MpsProblem read(Path file) throws IOException {
    boolean lp = form == null ? LpFormat.isNamed(file) : form == Form.LP;
    if (file.toString().equals("-")) {
      String name = "standard input"; // in messages
      return lp ? LpFormat.read(System.in, name) : Mps.read(System.in, name);
    }
    return lp ? LpFormat.read(file) : Mps.read(file);
  }

  /** Where to read the basis to begin at, if anywhere. */
  @Nullable Path basisIn() {
    return basisIn;
  }

  /** Writes what was asked for; says so where there is no optimum to write. */
  void write(MpsProblem problem, LpResult result, LpReport report, Messages messages)
      throws IOException {
    if (solution != null) {
      boolean json = solution.toString().toLowerCase(Locale.ROOT).endsWith(".json");
      AtomicFiles.writeString(
          solution, json ? report.toJson(LpTables.everything()) + "\n" : report.solutionLines());
    }
    if (basisOut != null && result instanceof LpResult.Optimal optimal) {
      MpsBasis.write(basisOut, problem.program(), optimal.basis());
    } else if (basisOut != null) {
      messages.info(basisOut + ": not written, there is no optimal basis");
    }
  }
}
