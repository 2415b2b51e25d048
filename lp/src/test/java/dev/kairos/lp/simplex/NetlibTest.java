// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.simplex;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.lp.Certificate;
import dev.kairos.lp.LinearProgram;
import dev.kairos.lp.LpResult;
import dev.kairos.lp.NetlibFolder;
import dev.kairos.lp.io.Mps;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The Netlib collection: feasible problems against reference values, infeasible ones by proof. */
class NetlibTest {
  /**
   * The references are published with some 7 to 11 digits; the gap of the certificate says more.
   */
  private static final double REFERENCE = 1e-6;

  private static final double GAP = 1e-9;

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void feasibleProblemsReachTheirOptimum(boolean presolve) throws IOException {
    Map<String, Double> optimal = NetlibFolder.optimal();
    for (Path file : NetlibFolder.feasible()) {
      String name = NetlibFolder.name(file);
      LinearProgram lp = Mps.read(file).program();
      LpResult result = solver(presolve).solve(lp);
      assertTrue(result instanceof LpResult.Optimal, name + ": " + result);
      double expected = optimal.get(name);
      double found = ((LpResult.Optimal) result).objective();
      assertEquals(expected, found, REFERENCE * Math.max(1, Math.abs(expected)), name);
      Certificate certificate = Certificate.verify(lp, result);
      assertTrue(certificate.valid(), name + ": " + certificate);
      assertTrue(certificate.gap() < GAP && certificate.primalResidual() < GAP, name + certificate);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void infeasibleProblemsAreProved(boolean presolve) throws IOException {
    List<Path> files = NetlibFolder.infeasible();
    for (Path file : files) {
      LinearProgram lp = Mps.read(file).program();
      LpResult result = solver(presolve).solve(lp);
      assertTrue(result instanceof LpResult.Infeasible, NetlibFolder.name(file) + ": " + result);
      Certificate certificate = Certificate.verify(lp, result);
      assertTrue(certificate.valid(), NetlibFolder.name(file) + ": " + certificate);
    }
  }

  private static SimplexSolver solver(boolean presolve) {
    return new SimplexSolver(SimplexOptions.defaults().withPresolve(presolve));
  }
}
