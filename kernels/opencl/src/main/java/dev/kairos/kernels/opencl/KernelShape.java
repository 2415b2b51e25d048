// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.opencl;

import java.util.Optional;

/**
 * How kernels are cut for a sort of device; no result depends on the tile.
 *
 * @param rowItems work items that share a row of a softmax or a norm; 1 on a processor
 * @param group work items of a group where each does one element
 * @param tile how products are cut on a graphics processor, empty for panels on a processor
 */
public record KernelShape(int rowItems, int group, Optional<Tile> tile) {
  /** For a processor: each work item is a block of vectors. */
  public static final KernelShape PROCESSOR = new KernelShape(1, 64, Optional.empty());

  /** For a graphics processor. */
  public static KernelShape graphics(Tile tile) {
    return new KernelShape(64, 128, Optional.of(tile));
  }

  /** The one for a device, with the tile that a tuning has found. */
  public static KernelShape of(DeviceInfo info) {
    return info.kind() == DeviceInfo.Kind.CPU
        ? PROCESSOR
        : graphics(TunedTiles.of(info).orElse(Tile.USUAL));
  }

  /** The macros that the texts ask for. */
  public String macros(DeviceInfo info) {
    StringBuilder macros = new StringBuilder();
    macros.append("#define ROW_ITEMS ").append(rowItems).append('\n');
    macros.append("#define LANES ").append(lanes(info)).append('\n');
    tile.ifPresent(t -> macros.append(t.macros()));
    if (info.doubles()) {
      macros.append("#define DOUBLES 1\n");
    }
    return macros.toString();
  }

  /** Vectors of OpenCL have 2, 4, 8 or 16 elements. */
  public static int lanes(DeviceInfo info) {
    return Math.max(4, Math.min(16, Integer.highestOneBit(Math.max(1, info.lanes()))));
  }

  /**
   * The part of a product that a work group computes on a graphics processor.
   *
   * @param m rows
   * @param n columns
   * @param k depth that lies in local memory at a time
   * @param itemsM work items along the rows
   * @param itemsN work items along the columns
   */
  public record Tile(int m, int n, int k, int itemsM, int itemsN) {
    /** Works on every device with 256 work items a group. */
    public static final Tile USUAL = new Tile(64, 64, 16, 16, 16);

    String macros() {
      return "#define TILE_M %d%n#define TILE_N %d%n#define TILE_K %d%n#define ITEMS_M %d%n#define ITEMS_N %d%n"
          .formatted(m, n, k, itemsM, itemsN);
    }

    /** Bytes of local memory. */
    long localBytes() {
      return (long) Float.BYTES * k * (m + n + 2);
    }

    /** Whether the tile is cut evenly and a device has room for it. */
    boolean fits(DeviceInfo info) {
      return itemsM > 0
          && itemsN > 0
          && k > 0
          && m >= itemsM
          && n >= itemsN
          && m % itemsM == 0
          && n % itemsN == 0
          && items() <= info.groupItems()
          && localBytes() <= info.localBytes();
    }

    /** Its five numbers. */
    String words() {
      return "%d %d %d %d %d".formatted(m, n, k, itemsM, itemsN);
    }

    /** Work items of a group. */
    int items() {
      return itemsM * itemsN;
    }
  }
}
