// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.lp.Basis;
import dev.kairos.lp.BasisStatus;
import dev.kairos.lp.LinearProgram;
import dev.kairos.lp.LinearProgramBuilder;
import dev.kairos.lp.LpResult;
import dev.kairos.lp.simplex.SimplexOptions;
import dev.kairos.lp.simplex.SimplexSolver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MpsBasisTest {
  private static final double INFINITY = Double.POSITIVE_INFINITY;
  private static final SimplexSolver SOLVER = new SimplexSolver(SimplexOptions.defaults());

  @TempDir Path folder;

  private static LinearProgram small(String x) {
    LinearProgramBuilder builder = LinearProgram.builder().named("small");
    int total = builder.addRow("total", -INFINITY, 4);
    builder.entry(total, builder.addColumn(x, -3, 0, 3), 1);
    builder.entry(total, builder.addColumn("y", -2, 0, INFINITY), 1);
    return builder.build();
  }

  @Test
  void theFormIsThatOfOtherPrograms() throws IOException {
    LinearProgram lp = small("x");
    LpResult.Optimal optimal = (LpResult.Optimal) SOLVER.solve(lp);
    Path file = folder.resolve("s.bas");
    MpsBasis.write(file, lp, optimal.basis());
    assertEquals("NAME small\n UL x\n XU y total\nENDATA\n", Files.readString(file));
    assertEquals(0, SOLVER.solve(lp, MpsBasis.read(file, lp)).iterations());
  }

  @Test
  void theOtherLinesAreReadToo() throws IOException {
    Path file = folder.resolve("t.bas");
    Files.writeString(file, "* c\nNAME\n xl x total 3.5\n LL y 0\nENDATA\n");
    Basis basis = MpsBasis.read(file, small("x"));
    assertEquals(BasisStatus.BASIC, basis.column(0));
    assertEquals(BasisStatus.AT_LOWER, basis.column(1));
    assertEquals(BasisStatus.AT_LOWER, basis.row(0));
    Files.writeString(file, " BS y\nENDATA\n");
    assertEquals(BasisStatus.BASIC, MpsBasis.read(file, small("x")).column(1));
  }

  @Test
  void namesAreThoseOfTheWrittenProgram() throws IOException {
    LinearProgram lp = small("a name");
    Path file = folder.resolve("n.bas");
    MpsBasis.write(file, lp, ((LpResult.Optimal) SOLVER.solve(lp)).basis());
    assertTrue(Files.readString(file).contains(" UL C1\n"));
    assertEquals(0, SOLVER.solve(lp, MpsBasis.read(file, lp)).iterations());
  }

  @Test
  void anOptimalBasisIsReadBackAndNeedsNoIteration() throws IOException {
    SplittableRandom random = new SplittableRandom(3);
    Path file = folder.resolve("r.bas.gz");
    for (int round = 0; round < 50; round++) {
      LinearProgramBuilder builder = LinearProgram.builder();
      for (int i = 0; i < 8; i++) {
        double at = random.nextInt(20);
        builder.addRow(-at, at + random.nextInt(3));
      }
      for (int j = 0; j < 15; j++) {
        builder.addColumn(random.nextInt(19) - 9, -random.nextInt(4), random.nextInt(9));
        for (int i = 0; i < 8; i++) {
          builder.entry(i, j, random.nextBoolean() ? random.nextInt(9) - 4 : 0);
        }
      }
      LinearProgram lp = builder.build();
      LpResult.Optimal optimal = (LpResult.Optimal) SOLVER.solve(lp);
      MpsBasis.write(file, lp, optimal.basis());
      Basis found = MpsBasis.read(file, lp);
      for (int j = 0; j < lp.columns(); j++) {
        assertEquals(optimal.basis().column(j), found.column(j));
      }
      for (int i = 0; i < lp.rows(); i++) {
        assertEquals(optimal.basis().row(i), found.row(i));
      }
      assertEquals(0, SOLVER.solve(lp, found).iterations());
    }
  }

  @Test
  void mistakesAreNamedWithTheirLine() {
    refused("KLP-001", 2, "expected XU, XL, UL, LL or BS, found \"UP\"", "NAME\n UP x\nENDATA\n");
    refused("KLP-001", 1, "expected 3 fields, found 2", " XU x\nENDATA\n");
    refused("KLP-001", 1, "expected 2 fields, found 4", " UL x 1 2\nENDATA\n");
    refused("KLP-003", 1, "unknown column \"z\"", " UL z\nENDATA\n");
    refused("KLP-003", 1, "unknown row \"z\"", " XU x z\nENDATA\n");
    refused("KLP-004", 2, "column \"x\" is given twice", " UL x\n LL x\nENDATA\n");
    refused("KLP-004", 2, "row \"total\" is given twice", " XU x total\n XL y total\nENDATA\n");
    refused("KLP-005", 1, "ends without ENDATA", " UL x\n");
  }

  private void refused(String code, int line, String words, String text) {
    Path file = folder.resolve("bad.bas");
    MpsException e =
        assertThrows(
            MpsException.class,
            () -> MpsBasis.read(Files.writeString(file, text), small("x")),
            text);
    assertEquals(code + line + words, e.code() + e.line() + e.problem());
  }

  @Test
  void aBasisOfAnotherShapeIsNotWritten() {
    LinearProgram lp = small("x");
    Path file = folder.resolve("w.bas");
    Basis empty = Basis.ofRows(LinearProgram.builder().build());
    assertThrows(IllegalArgumentException.class, () -> MpsBasis.write(file, lp, empty));
    BasisStatus[] basic = {BasisStatus.BASIC, BasisStatus.AT_LOWER};
    Basis many = new Basis(basic, new BasisStatus[] {BasisStatus.BASIC});
    assertThrows(IllegalArgumentException.class, () -> MpsBasis.write(file, lp, many));
  }
}
