// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.lp.Fuzz;
import dev.kairos.lp.LinearProgram;
import dev.kairos.lp.LinearProgramBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LpRoundTripTest {
  private static final double INFINITY = Double.POSITIVE_INFINITY;

  @TempDir Path folder;

  @Test
  void aWrittenProgramReadsBackToTheSameBits() throws IOException {
    for (long seed : Fuzz.seeds(300)) {
      SplittableRandom random = new SplittableRandom(seed);
      LinearProgram lp = random(random);
      MpsProblem written = new MpsProblem(lp, random.nextBoolean(), List.of());
      Path file = folder.resolve(random.nextBoolean() ? "p.lp" : "p.lp.gz");
      LpFormat.write(file, written);
      MpsProblem found = LpFormat.read(file);
      assertEquals(written.maximize(), found.maximize(), "seed " + seed);
      assertSame(lp, found.program(), "seed " + seed);
    }
  }

  private static LinearProgram random(SplittableRandom random) {
    LinearProgramBuilder builder = LinearProgram.builder();
    int rows = random.nextInt(6);
    int columns = random.nextInt(20);
    builder.offset(random.nextBoolean() ? number(random) : 0);
    for (int i = 0; i < rows; i++) {
      double at = number(random);
      switch (random.nextInt(5)) {
        case 0 -> builder.addRow("r" + i, at, at);
        case 1 -> builder.addRow("r" + i, at, at + 1 + Math.abs(number(random)));
        case 2 -> builder.addRow("r" + i, -INFINITY, at);
        case 3 -> builder.addRow("r" + i, -INFINITY, INFINITY);
        default -> builder.addRow("r" + i, at, INFINITY);
      }
    }
    for (int j = 0; j < columns; j++) {
      double at = number(random);
      double cost = random.nextInt(3) == 0 ? 0 : number(random);
      switch (random.nextInt(6)) {
        case 0 -> builder.addColumn("x" + j, cost, at, at);
        case 1 -> builder.addColumn("x" + j, cost, at, number(random)); // perhaps crossed
        case 2 -> builder.addColumn("x" + j, cost, -INFINITY, at);
        case 3 -> builder.addColumn("x" + j, cost, -INFINITY, INFINITY);
        case 4 -> builder.addColumn("x" + j, cost, at, INFINITY);
        default -> builder.addColumn("x" + j, cost, 0, INFINITY);
      }
      for (int i = 0; i < rows; i++) {
        builder.entry(i, j, random.nextBoolean() ? number(random) : 0);
      }
    }
    return builder.build();
  }

  private static double number(SplittableRandom random) {
    return switch (random.nextInt(4)) {
      case 0 -> random.nextInt(21) - 10;
      case 1 -> Math.scalb(random.nextDouble() - 0.5, random.nextInt(100) - 50);
      case 2 -> 0.1 * (random.nextInt(201) - 100);
      default -> random.nextDouble() - 0.5;
    };
  }

  private static void assertSame(LinearProgram a, LinearProgram b, String where) {
    assertEquals(a.toString(), b.toString(), where);
    assertEquals(a.offset(), b.offset(), where);
    for (int i = 0; i < a.rows(); i++) {
      assertEquals(a.rowName(i), b.rowName(i), where);
      assertEquals(a.rowLower(i), b.rowLower(i), where);
      assertEquals(a.rowUpper(i), b.rowUpper(i), where);
    }
    for (int j = 0; j < a.columns(); j++) {
      assertEquals(a.columnName(j), b.columnName(j), where);
      assertEquals(a.cost(j), b.cost(j), 0.0, where);
      assertEquals(a.lower(j), b.lower(j), 0.0, where);
      assertEquals(a.upper(j), b.upper(j), 0.0, where);
      assertEquals(a.start(j), b.start(j), where);
    }
    for (int k = 0; k < a.entries(); k++) {
      assertEquals(a.entryRow(k), b.entryRow(k), where);
      assertEquals(a.entryValue(k), b.entryValue(k), where);
    }
  }

  @Test
  void namesTheFormatCannotHoldAreNumbered() throws IOException {
    List<String> bad = List.of("a b", "x+y", "end", "free", "Inf", "3x", ".x", "e5", "a\\b", "x^2");
    for (String name : bad) {
      LinearProgramBuilder builder = LinearProgram.builder().named("p\nq");
      builder.addRow(name, 1, INFINITY);
      builder.addColumn(name, 1, 0, INFINITY);
      builder.addColumn("good", 1, 0, INFINITY);
      Path file = folder.resolve("n.lp");
      LpFormat.write(file, builder.entry(0, 0, 1).build());
      LinearProgram found = LpFormat.read(file).program();
      assertEquals(
          "R1 C1 C2",
          found.rowName(0) + " " + found.columnName(0) + " " + found.columnName(1),
          name);
    }
    LinearProgramBuilder crossed = LinearProgram.builder();
    crossed.addRow("r", 2, 1);
    LinearProgram lp = crossed.build();
    Path file = folder.resolve("c.lp");
    assertThrows(IllegalArgumentException.class, () -> LpFormat.write(file, lp));
    assertTrue(Files.notExists(file));
  }

  @Test
  void whateverIsChangedInAFileIsReadOrRefused() {
    String text =
        """
        \\ c
        Maximize
         obj: 3 x + 2.5e1 y - z
        Subject To
         a: x + y <= 4
         1 <= x - z <= 5
        Bounds
         -inf <= x <= 3
         z free
        Generals
         x
        Binaries
         y
        End
        """;
    String letters = "+-*^:<>=[]\\ \n\t.e0x9é\u0000";
    int read = 0;
    int refused = 0;
    for (long seed : Fuzz.seeds(3000)) {
      SplittableRandom random = new SplittableRandom(seed);
      StringBuilder changed = new StringBuilder(text);
      for (int k = random.nextInt(3); k >= 0; k--) {
        int at = random.nextInt(changed.length());
        char letter = letters.charAt(random.nextInt(letters.length()));
        switch (random.nextInt(3)) {
          case 0 -> changed.deleteCharAt(at);
          case 1 -> changed.insert(at, letter);
          default -> changed.setCharAt(at, letter);
        }
      }
      byte[] bytes = changed.toString().getBytes(StandardCharsets.UTF_8);
      try {
        LpFormat.read(new ByteArrayInputStream(bytes), "p.lp");
        read++;
      } catch (MpsException e) {
        assertTrue(e.code().startsWith("KLP-00"), e.getMessage());
        refused++;
      } catch (IOException e) {
        throw new AssertionError("seed " + seed, e);
      }
    }
    assertTrue(read > 300 && refused > 300, read + " read, " + refused + " refused");
  }
}
