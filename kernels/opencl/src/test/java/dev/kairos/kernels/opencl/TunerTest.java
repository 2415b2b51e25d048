// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.opencl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.kernels.opencl.KernelShape.Tile;
import dev.kairos.kernels.opencl.jocl.Jocl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Trying tiles, and keeping the fastest. */
@ExtendWith(OpenClHere.class)
class TunerTest {
  private static final String FOLDER = "kairos.opencl.cache";

  @TempDir Path folder = Path.of("");

  private static DeviceInfo info() {
    try (Device device = Jocl.device("")) {
      return device.info();
    }
  }

  @Test
  void theFastestOfThoseThatWorkIsTaken() {
    List<String> told = new ArrayList<>();
    Tile good = new Tile(32, 32, 16, 8, 16);
    Tile uneven = new Tile(32, 32, 16, 3, 16); // its items do not divide the tile: wrong sums
    Tile best =
        new Tuner(() -> Jocl.device(""), 64, 60).best(info(), List.of(uneven, good), told::add);
    assertEquals(good, best, told.toString());
    assertEquals(2, told.size(), told.toString());
    assertTrue(told.get(0).contains("wrongly"), told.toString());
    assertTrue(told.get(1).contains("GFLOP/s"), told.toString());
  }

  @Test
  void timeIsLimited() {
    List<String> told = new ArrayList<>();
    Tile best =
        new Tuner(() -> Jocl.device(""), 64, -1)
            .best(info(), List.of(new Tile(32, 32, 16, 8, 16)), told::add);
    assertEquals(Tile.USUAL, best);
    assertEquals(List.of("time is up"), told);
  }

  @Test
  void candidatesFitTheDevice() {
    DeviceInfo info = info();
    List<Tile> all = Tuner.candidates(info);
    assertTrue(all.size() > 10 && all.size() < 61, all.size() + " candidates");
    assertTrue(all.stream().allMatch(tile -> tile.fits(info)));
  }

  @Test
  void whatWasFoundIsKeptByDevice() throws IOException {
    String before = System.getProperty(FOLDER);
    System.setProperty(FOLDER, folder.resolve("cache").toString());
    try {
      DeviceInfo info = info();
      assertEquals(Optional.empty(), TunedTiles.of(info));
      Tile tile = new Tile(64, 32, 16, 16, 16);
      Path file = TunedTiles.keep(info, tile).orElseThrow();
      assertEquals(Optional.of(tile), TunedTiles.of(info));
      DeviceInfo other =
          new DeviceInfo(
              "another",
              info.platform(),
              info.driver(),
              DeviceInfo.Kind.GPU,
              1,
              1,
              1,
              info.localBytes(),
              info.groupItems(),
              1,
              false,
              false);
      assertEquals(Optional.empty(), TunedTiles.of(other));
      TunedTiles.keep(other, Tile.USUAL);
      assertEquals(Optional.of(tile), TunedTiles.of(info), "another device was added");
      Files.writeString(file, "\\u00zz = broken");
      assertEquals(Optional.empty(), TunedTiles.of(info));
    } finally {
      if (before == null) {
        System.clearProperty(FOLDER);
      } else {
        System.setProperty(FOLDER, before);
      }
    }
  }
}
