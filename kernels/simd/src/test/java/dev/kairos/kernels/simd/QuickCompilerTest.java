// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.simd;

import static dev.kairos.kernels.simd.GemmTiles.COLUMNS;
import static dev.kairos.kernels.simd.Lanes.COUNT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.kernels.cpu.Gemm;
import dev.kairos.kernels.cpu.Tasks;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * HotSpot's quick compiler (C1) gives up a method that needs too many registers, and JDK 17 may
 * then leave it, slow a hundredfold, for good: so it must manage every tile.
 */
class QuickCompilerTest {
  /** Products of few and many rows, with A packed and as it lies, long enough to be compiled. */
  static final class Products {
    private Products() {}

    public static void main(String[] args) {
      VectorGemm gemm = new VectorGemm(0);
      int m = 2 * GemmTiles.ROWS + GemmTiles.LOW; // more than FewRows takes
      int depth = 4000;
      for (int n : new int[] {COUNT, COLUMNS, 2 * COLUMNS + COUNT}) {
        float[] a = new float[m * depth];
        float[] b = new float[depth * n];
        float[] c = new float[m * n];
        Gemm g =
            new Gemm(1, m, n, 1, depth, a, 0, 0, 0, depth, 1, b, 0, 0, 0, n, 1, c, 0, 0, n, false);
        for (int i = 0; i < 18; i++) {
          gemm.multiply(g, Tasks.ALONE);
        }
      }
    }
  }

  @Test
  void itManagesEveryTile() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules",
                "jdk.incubator.vector",
                "-XX:TieredStopAtLevel=3",
                "-XX:+PrintCompilation",
                "-cp",
                System.getProperty("java.class.path"),
                Products.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), output);
    List<String> tiles = output.lines().filter(line -> line.contains("Tiles::tile")).toList();
    for (String kind : List.of("GemmTiles::tile", "DirectTiles::tile")) {
      for (String vectors : List.of("x1 @", "x2 @")) {
        String shape = kind + GemmTiles.ROWS + vectors;
        assertTrue(tiles.stream().anyMatch(line -> line.contains(shape)), shape + ": " + tiles);
      }
    }
    assertEquals(List.of(), tiles.stream().filter(line -> line.contains("SKIPPED")).toList());
  }
}
