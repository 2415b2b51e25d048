// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Answers worked by hand, right and wrong. */
class CertificateTest {
  private static final double INFINITY = Double.POSITIVE_INFINITY;

  /** Minimise -3x - 2y + 1, x + y <= 4, x + 3y <= 6, x in [0, 3], y >= 0: (3, 1), -10. */
  private static LinearProgram small() {
    LinearProgramBuilder builder = LinearProgram.builder().offset(1);
    builder.addRow(-INFINITY, 4);
    builder.addRow(-INFINITY, 6);
    builder.addColumn(-3, 0, 3);
    builder.addColumn(-2, 0, INFINITY);
    return builder.entry(0, 0, 1).entry(0, 1, 1).entry(1, 0, 1).entry(1, 1, 3).build();
  }

  private static Certificate of(double objective, double[] x, double[] y) {
    LinearProgram lp = small();
    return Certificate.verify(lp, new LpResult.Optimal(objective, x, y, Basis.ofRows(lp), 0));
  }

  private static void refused(String words, Certificate certificate) {
    assertFalse(certificate.valid());
    assertTrue(certificate.finding().contains(words), certificate.toString());
  }

  @Test
  void anOptimumIsProvedByItsMultipliers() {
    Certificate certificate = of(-10, new double[] {3, 1}, new double[] {-2, 0});
    assertTrue(certificate.valid(), certificate.finding());
    assertEquals(0, certificate.primalResidual());
    assertEquals(0, certificate.dualResidual());
    assertEquals(0, certificate.gap());
  }

  @Test
  void whatIsNotAnOptimumIsRefused() {
    double[] y = {-2, 0};
    refused("violated", of(-10, new double[] {3, 1.001}, y));
    refused("violated", of(-10, new double[] {3.001, 1}, y));
    refused("violated", of(-10, new double[] {3, Double.NaN}, y));
    refused("multiplier", of(-8, new double[] {3, 0}, y));
    refused("multiplier", of(-10, new double[] {3, 1}, new double[] {-2, 0.5}));
    refused("multiplier", of(-10, new double[] {3, 1}, new double[] {-1, 0}));
    refused("multiplier", of(-10, new double[] {3, 1}, new double[] {-2, Double.NaN}));
    refused("objective is not that", of(-11, new double[] {3, 1}, y));
    refused("objective is not that", of(Double.NaN, new double[] {3, 1}, y));
    double[] shorter = {3};
    assertThrows(IllegalArgumentException.class, () -> of(-10, shorter, y));
  }

  /** x + y >= 5 and x - y = 0 with x <= 2. */
  private static LinearProgram impossible(double upper) {
    LinearProgramBuilder builder = LinearProgram.builder();
    builder.addRow(5, INFINITY);
    builder.addRow(0, 0);
    builder.addColumn(0, 0, upper);
    builder.addColumn(0, -INFINITY, INFINITY);
    return builder.entry(0, 0, 1).entry(0, 1, 1).entry(1, 0, 1).entry(1, 1, -1).build();
  }

  private static Certificate farkas(LinearProgram lp, double... ray) {
    return Certificate.verify(lp, new LpResult.Infeasible(ray, 0));
  }

  @Test
  void aProofOfInfeasibilityMustWin() {
    Certificate certificate = farkas(impossible(2), 1, 1);
    assertTrue(certificate.valid(), certificate.finding()); // 2x >= 5 against x <= 2
    assertEquals(1.0 / 9, certificate.gap(), 1e-15);
    assertTrue(farkas(impossible(2), 1e-8, 1e-8).valid(), "the scale does not matter");
    refused("is met", farkas(impossible(3), 1, 1));
    refused("is met", farkas(impossible(2), 0, 0));
    refused("infinite", farkas(impossible(2), 1, 0.5));
    refused("infinite", farkas(impossible(2), -1, -1));
    refused("infinite", farkas(impossible(2), Double.NaN, 1));
  }

  @Test
  void crossedBoundsAreTheirOwnProof() {
    LinearProgramBuilder builder = LinearProgram.builder();
    builder.addColumn(0, 2, 1);
    assertTrue(farkas(builder.build()).valid());
  }

  /** Minimise -x, x - y <= 1, x and y >= 0. */
  private static Certificate unbounded(double[] point, double... ray) {
    LinearProgramBuilder builder = LinearProgram.builder();
    builder.addRow(-INFINITY, 1);
    builder.addColumn(-1, 0, INFINITY);
    builder.addColumn(0, 0, INFINITY);
    LinearProgram lp = builder.entry(0, 0, 1).entry(0, 1, -1).build();
    return Certificate.verify(lp, new LpResult.Unbounded(point, ray, 0));
  }

  @Test
  void aRayMustFallAndStayFeasible() {
    assertTrue(unbounded(new double[] {0, 0}, 1, 1).valid());
    assertTrue(unbounded(new double[] {1, 0}, 1e9, 2e9).valid());
    refused("point", unbounded(new double[] {2, 0}, 1, 1));
    refused("leaves", unbounded(new double[] {0, 0}, 1, 0));
    refused("leaves", unbounded(new double[] {0, 0}, 0, -1));
    refused("does not fall", unbounded(new double[] {0, 0}, 0, 1));
    refused("leaves", unbounded(new double[] {0, 0}, Double.NaN, 1));
  }

  @Test
  void stoppedClaimsNothing() {
    LpResult stopped = new LpResult.Stopped(LpResult.Reason.TIME_LIMIT, Optional.empty(), 3);
    assertFalse(Certificate.verify(small(), stopped).valid());
  }
}
