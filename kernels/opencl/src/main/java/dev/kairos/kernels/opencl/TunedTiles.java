// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.opencl;

import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Optional;
import java.util.Properties;

/**
 * The tiles that a tuning found to be the fastest, by device and driver, in {@code
 * tiles.properties} of the {@link CacheFolder}. What cannot be read is as if nobody had tuned.
 */
final class TunedTiles {
  private static final String FILE = "tiles.properties";

  private TunedTiles() {}

  private static String key(DeviceInfo info) {
    return info.platform() + ", " + info.name() + ", " + info.driver();
  }

  /** The tile for a device, if one was found that it still takes. */
  static Optional<KernelShape.Tile> of(DeviceInfo info) {
    String found = read().getProperty(key(info), "");
    String[] words = found.split(" ");
    if (words.length != 5 || !Arrays.stream(words).allMatch(word -> word.matches("[0-9]{1,4}"))) {
      return Optional.empty();
    }
    int[] n = Arrays.stream(words).mapToInt(Integer::parseInt).toArray();
    KernelShape.Tile tile = new KernelShape.Tile(n[0], n[1], n[2], n[3], n[4]);
    return tile.fits(info) ? Optional.of(tile) : Optional.empty();
  }

  private static Properties read() {
    Properties all = new Properties();
    Optional<Path> file = CacheFolder.open().map(folder -> folder.resolve(FILE));
    if (file.isPresent() && Files.isRegularFile(file.get())) {
      try (Reader in = Files.newBufferedReader(file.get(), StandardCharsets.UTF_8)) {
        all.load(in);
      } catch (IOException | IllegalArgumentException e) {
        all.clear(); // as if nobody had tuned
      }
    }
    return all;
  }

  /**
   * Keeps the tile of a device.
   *
   * @return the file, or empty where there is no folder for it
   */
  static Optional<Path> keep(DeviceInfo info, KernelShape.Tile tile) throws IOException {
    Optional<Path> folder = CacheFolder.open();
    if (folder.isEmpty()) {
      return Optional.empty();
    }
    Properties all = read();
    all.setProperty(key(info), tile.words());
    StringWriter text = new StringWriter();
    all.store(text, "Tiles of matrix products, by device: rows columns depth items items");
    Path aside = Files.createTempFile(folder.get(), "tiles", ".tmp");
    Path file = folder.get().resolve(FILE);
    try {
      Files.writeString(aside, text.toString());
      Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(aside);
    }
    return Optional.of(file);
  }
}
