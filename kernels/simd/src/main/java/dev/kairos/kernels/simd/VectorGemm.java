// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.simd;

import static dev.kairos.kernels.simd.GemmTiles.COLUMNS;
import static dev.kairos.kernels.simd.GemmTiles.ROWS;
import static dev.kairos.kernels.simd.Lanes.COUNT;

import dev.kairos.kernels.cpu.Gemm;
import dev.kairos.kernels.cpu.Tasks;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The matrix product after Goto and van de Geijn (Anatomy of High-Performance Matrix
 * Multiplication): a block of B is packed once into panels, in the order in which {@link GemmTiles}
 * reads them; then blocks of rows of A are packed and multiplied with all its panels, each by the
 * thread that takes it. Strides, transposes and overlapping rows end in the packing.
 *
 * <p>Three things are left out where they do not pay: packing A where B has few columns, packing B
 * where A has few rows ({@link FewRows}), and sharing where the product is small.
 */
final class VectorGemm {
  /** Steps of k in a block of whole runs: the longest run. */
  private static final int DEPTH = Gemm.RUN;

  /** The same where B has few columns: its panels stay near, and C is fetched less often. */
  private static final int NARROW_DEPTH = 2 * Gemm.RUN;

  /**
   * Elements of a block of A: half of a second-level cache of 2 MB, or of 512 KB where vectors are
   * shorter. The taller the block, the less often panels of B come from the last cache.
   */
  private static final int BLOCK_A = (COUNT == 16 ? 280 : 70) << 10;

  /**
   * Elements of the panels of B that one panel of A is multiplied with before the next: they stay
   * in the second-level cache while panels of A stream by, and tiles of C lie beside each other.
   */
  private static final int GROUP_B = (COUNT == 16 ? 180 : 45) << 10;

  /** Elements in a block of B, which lies in the last cache. */
  private static final int BLOCK_B = 1 << 21;

  /** Elements of a block of B whose half lies in a second-level cache beside a block of A. */
  private static final int NARROW_B = (COUNT == 16 ? 400 : 100) << 10;

  /** Elements of a line packed at a time: more are read faster, fewer are written faster. */
  private static final int STRIP = 256;

  /** The same where lines are adjacent: few, so that memory is read along its rows. */
  private static final int SHORT_STRIP = 16;

  /**
   * Where the panels of B begin. With {@code -XX:ObjectAlignmentInBytes=64} a cache line begins
   * here, behind the array's header of 16 bytes, so that no vector of B lies in two: 6 to 9 % of a
   * product (docs/benchmarks/cpu.md).
   */
  private static final int ORIGIN = 12;

  /** Each panel of A ends with room for a whole vector: so many elements for each of its rows. */
  private static final int GAP = 4;

  /** Up to this many columns, packing A costs more than it saves. */
  private static final int FEW_COLUMNS = 2 * COLUMNS;

  /** Tasks for each thread: so many that none waits long for the last. */
  private static final int TASKS = 8;

  /** Multiply-adds of a product whose sharing costs little beside it. */
  private static final long LARGE = 1 << 22;

  /** Elements of B whose packing is shared. */
  private static final int SHARED_PACKING = 1 << 15;

  /** The packed blocks of one thread; they grow to what is needed and stay. */
  private static final class Scratch {
    float[] a = {};
    float[] b = {};
    @Nullable Block block; // what the rows packed last are multiplied with
    int number; // which block of rows they are
    final float[] edge = new float[ROWS * COLUMNS];

    float[] a(int length) {
      if (a.length < length) {
        a = new float[length];
      }
      return a;
    }

    float[] b(int length) {
      if (b.length < ORIGIN + length) {
        b = new float[ORIGIN + length];
      }
      return b;
    }
  }

  /**
   * Products that share one B, with rows that may be joined.
   *
   * @param a first element of A
   * @param b first element of B
   * @param c first element of C
   * @param count how many products
   * @param rows rows of each
   */
  private record Product(Gemm g, int a, int b, int c, int count, int rows) {
    /** Elements of a line of A without a jump. */
    int aSegment() {
      return g.aTerm() == g.k() * g.aColumn() ? g.depth() : g.k();
    }

    int bSegment() {
      return g.bTerm() == g.k() * g.bRow() ? g.depth() : g.k();
    }

    boolean isDirect() {
      return g.n() <= FEW_COLUMNS && g.aColumn() == 1 && (g.terms() == 1 || aSegment() > g.k());
    }
  }

  /**
   * A packed block of B: columns [column, column + width), k in [from, from + depth).
   *
   * @param runs where its runs (see {@link Gemm}) end, counted from the block's beginning
   * @param first whether C has no content to add to
   */
  @SuppressWarnings("ArrayRecordComponent") // the scratch of one thread; never compared
  private record Block(
      float[] panels, int column, int width, int from, int depth, int[] runs, boolean first) {}

  private final ThreadLocal<Scratch> scratches = ThreadLocal.withInitial(Scratch::new);
  private final LittleGemm little;

  VectorGemm() {
    this(LittleGemm.BUDGET);
  }

  /**
   * The product.
   *
   * @param littleBudget multiply-adds of small products that {@link LittleGemm} takes
   */
  VectorGemm(long littleBudget) {
    little = new LittleGemm(littleBudget);
  }

  /** Lets go of the calling thread's places. */
  void leave() {
    scratches.remove();
    FewRows.leave();
  }

  void multiply(Gemm g, Tasks tasks) {
    if (g.batch() == 0 || g.m() == 0 || g.n() == 0) {
      return;
    }
    if (g.depth() == 0) {
      if (!g.accumulate()) {
        clear(g);
      }
      return;
    }
    if (little.multiply(g)) {
      return;
    }
    Tasks team = g.isShareable() ? tasks : Tasks.ALONE;
    int threads = team.threads();
    if (g.bBatch() == 0 || g.batch() == 1) {
      product(g, 0, g.batch(), team);
    } else if (threads == 1) {
      for (int i = 0; i < g.batch(); i++) {
        product(g, i, 1, team);
      }
    } else if (g.batch() >= threads && !hasLargeFew(g, threads)) {
      int parts = Math.min(g.batch(), TASKS * threads);
      team.run(
          parts,
          part -> {
            int end = share(g.batch(), part + 1, parts);
            for (int i = share(g.batch(), part, parts); i < end; i++) {
              product(g, i, 1, Tasks.ALONE);
            }
          });
    } else {
      for (int i = 0; i < g.batch(); i++) {
        product(g, i, 1, team);
      }
    }
  }

  /** Whether whole products would leave threads waiting, and each is worth sharing. */
  private static boolean hasLargeFew(Gemm g, int threads) {
    return g.batch() < TASKS * threads
        && g.batch() % threads != 0
        && (long) g.m() * g.n() * g.depth() >= LARGE;
  }

  /** Where part number {@code part} of {@code parts} even parts of {@code n} begins. */
  private static int share(int n, int part, int parts) {
    return (int) ((long) n * part / parts);
  }

  private static int ceiling(int n, int step) {
    return (n + step - 1) / step;
  }

  private static void clear(Gemm g) {
    for (int i = 0; i < g.batch(); i++) {
      for (int row = 0; row < g.m(); row++) {
        int at = g.cOffset() + i * g.cBatch() + row * g.cRow();
        Arrays.fill(g.c(), at, at + g.n(), 0f);
      }
    }
  }

  /** Products [first, first + count), which share B. */
  private void product(Gemm g, int first, int count, Tasks team) {
    int a = g.aOffset() + first * g.aBatch();
    int b = g.bOffset() + first * g.bBatch();
    int c = g.cOffset() + first * g.cBatch();
    // Products whose rows follow each other are one product with more rows.
    boolean joined = g.aBatch() == g.m() * g.aRow() && g.cBatch() == g.m() * g.cRow();
    Product p = new Product(g, a, b, c, joined ? 1 : count, joined ? count * g.m() : g.m());
    if (p.rows() * p.count() <= FewRows.ROWS && g.bColumn() == 1 && g.n() > FEW_COLUMNS) {
      FewRows.multiply(g, a, b, c, p.count(), p.rows(), team);
      return;
    }
    int deepest = deepestBlock(g);
    int bands = ceiling(g.n(), Math.max(COLUMNS, BLOCK_B / deepest));
    int band = ceiling(ceiling(g.n(), bands), COLUMNS) * COLUMNS;
    float[] panels = scratches.get().b(deepest * ceiling(Math.min(band, g.n()), COLUMNS) * COLUMNS);
    for (int j = 0; j < g.n(); j += band) {
      int width = Math.min(band, g.n() - j);
      int end;
      for (int from = 0; from < g.depth(); from = end) {
        end = blockEnd(g, from);
        boolean clear = from == 0 && !g.accumulate();
        Block block = new Block(panels, j, width, from, end - from, runs(g, from, end), clear);
        packB(p, block, team);
        rows(p, block, team);
      }
    }
  }

  /** Where the block of whole runs ends that begins at product {@code from}. */
  private static int blockEnd(Gemm g, int from) {
    int most = g.n() <= FEW_COLUMNS ? NARROW_DEPTH : DEPTH;
    int end = g.runEnd(from);
    while (end < g.depth()) {
      int next = g.runEnd(end);
      if (next - from > most) {
        break;
      }
      end = next;
    }
    return end;
  }

  private static int deepestBlock(Gemm g) {
    int deepest = 0;
    int end;
    for (int from = 0; from < g.depth(); from = end) {
      end = blockEnd(g, from);
      deepest = Math.max(deepest, end - from);
    }
    return deepest;
  }

  private static int[] runs(Gemm g, int from, int end) {
    int count = 0;
    for (int k = from; k < end; k = g.runEnd(k)) {
      count++;
    }
    int[] runs = new int[count];
    int k = from;
    for (int i = 0; i < count; i++) {
      k = g.runEnd(k);
      runs[i] = k - from;
    }
    return runs;
  }

  private static void packB(Product p, Block block, Tasks team) {
    int panels = ceiling(block.width(), COLUMNS);
    if (team.threads() == 1 || block.width() * block.depth() < SHARED_PACKING) {
      packB(p, block, 0, panels);
    } else {
      int parts = Math.min(panels, TASKS * team.threads());
      team.run(
          parts,
          part -> packB(p, block, share(panels, part, parts), share(panels, part + 1, parts)));
    }
  }

  /** Packs some panels; a last one that needs no more is one vector wide. */
  private static void packB(Product p, Block block, int panelFrom, int panelTo) {
    Gemm g = p.g();
    int segment = p.bSegment();
    int strip = g.bColumn() == 1 ? SHORT_STRIP : STRIP;
    int end = block.from() + block.depth();
    int length;
    for (int k = block.from(); k < end; k += length) {
      int within = k % segment;
      length = Math.min(strip, Math.min(segment - within, end - k));
      int b = p.b() + k / segment * g.bTerm() + within * g.bRow();
      for (int panel = panelFrom; panel < panelTo; panel++) {
        int column = panel * COLUMNS;
        int present = Math.min(COLUMNS, block.width() - column);
        int wide = present <= COUNT ? COUNT : COLUMNS;
        Panels.pack(
            wide,
            present,
            length,
            g.b(),
            b + (block.column() + column) * g.bColumn(),
            g.bColumn(),
            g.bRow(),
            block.panels(),
            ORIGIN + column * block.depth() + (k - block.from()) * wide);
      }
    }
  }

  /** All rows times one block of B. */
  private void rows(Product p, Block block, Tasks team) {
    int threads = team.threads();
    int tiles = ceiling(p.rows(), ROWS);
    int panels = ceiling(block.width(), COLUMNS);
    if (threads == 1) {
      Scratch scratch = scratches.get();
      int parts = ceiling(tiles, blockPanels(block));
      for (int i = 0; i < p.count() * parts; i++) {
        rows(p, block, i, parts, 0, panels, scratch);
      }
      return;
    }
    // Cut by rows into half the tasks, of four tiles at least; by columns into the rest.
    int wanted = ceiling(TASKS / 2 * threads, p.count());
    int parts = Math.max(ceiling(tiles, blockPanels(block)), Math.min(wanted, ceiling(tiles, 4)));
    int blocks = p.count() * parts;
    int across = Math.min(panels, ceiling(TASKS * threads, blocks));
    // Where B is narrow, threads take neighbouring blocks of rows with the same panels, then the
    // same blocks with the next panels, so that most find their rows packed; else each keeps to its
    // panels.
    int abreast = block.width() * block.depth() <= NARROW_B ? threads : 1;
    team.run(
        blocks * across,
        task -> {
          int first = task / (abreast * across) * abreast;
          int together = Math.min(abreast, blocks - first);
          int within = task - first * across;
          int slice = within / together;
          rows(
              p,
              block,
              first + within % together,
              parts,
              share(panels, slice, across),
              share(panels, slice + 1, across),
              scratches.get());
        });
  }

  /** Panels of A in a block. */
  private static int blockPanels(Block block) {
    return Math.max(1, BLOCK_A / (ROWS * block.depth()));
  }

  /** One of {@code parts} blocks of rows of a product times some panels of B. */
  private static void rows(
      Product p, Block block, int number, int parts, int panelFrom, int panelTo, Scratch scratch) {
    Gemm g = p.g();
    int product = number / parts;
    int part = number % parts;
    int tiles = ceiling(p.rows(), ROWS);
    int from = share(tiles, part, parts) * ROWS;
    int rows = Math.min(p.rows(), share(tiles, part + 1, parts) * ROWS) - from;
    int a = p.a() + product * g.aBatch() + from * g.aRow();
    int c = p.c() + product * g.cBatch() + from * g.cRow() + block.column();
    if (p.isDirect()) {
      tiles(g, block, panelFrom, panelTo, rows, g.a(), a + block.from(), c, scratch);
    } else {
      float[] packed = scratch.a((rows + ROWS) * (block.depth() + GAP));
      if (scratch.block != block || scratch.number != number) {
        packA(p, block, a, rows, packed);
        scratch.block = block;
        scratch.number = number;
      }
      tiles(g, block, panelFrom, panelTo, rows, packed, 0, c, scratch);
    }
  }

  private static void packA(Product p, Block block, int a, int rows, float[] packed) {
    Gemm g = p.g();
    int segment = p.aSegment();
    int strip = g.aRow() == 1 ? SHORT_STRIP : STRIP;
    int end = block.from() + block.depth();
    int length;
    for (int k = block.from(); k < end; k += length) {
      int within = k % segment;
      length = Math.min(strip, Math.min(segment - within, end - k));
      int at = a + k / segment * g.aTerm() + within * g.aColumn();
      int height;
      for (int i = 0; i < rows; i += height) {
        height = GemmTiles.height(rows - i);
        Panels.pack(
            height,
            Math.min(height, rows - i),
            length,
            g.a(),
            at + i * g.aRow(),
            g.aRow(),
            g.aColumn(),
            packed,
            i * (block.depth() + GAP) + (k - block.from()) * height);
      }
    }
  }

  /**
   * All tiles of a block of A times some panels of B.
   *
   * @param a A itself, or its packed block
   */
  private static void tiles(
      Gemm g,
      Block block,
      int panelFrom,
      int panelTo,
      int rows,
      float[] a,
      int ao,
      int c,
      Scratch scratch) {
    int group = Math.max(1, GROUP_B / (COLUMNS * block.depth()));
    int groups = ceiling(panelTo - panelFrom, group);
    for (int part = 0; part < groups; part++) {
      int first = panelFrom + share(panelTo - panelFrom, part, groups);
      int end = panelFrom + share(panelTo - panelFrom, part + 1, groups);
      int height;
      for (int i = 0; i < rows; i += height) {
        height = GemmTiles.height(rows - i);
        int present = Math.min(height, rows - i);
        for (int panel = first; panel < end; panel++) {
          tile(g, block, panel, i, height, present, a, ao, c, scratch);
        }
      }
    }
  }

  /** One tile: a panel of A, which begins with row i of its block, times a panel of B. */
  private static void tile(
      Gemm g,
      Block block,
      int panel,
      int i,
      int height,
      int present,
      float[] a,
      int ao,
      int c,
      Scratch scratch) {
    int depth = block.depth();
    int column = panel * COLUMNS;
    int columns = Math.min(COLUMNS, block.width() - column);
    int vectors = columns <= COUNT ? 1 : 2;
    int wide = vectors * COUNT;
    int co = c + column + i * g.cRow();
    boolean whole = present == height && columns == wide;
    float[] b = block.panels();
    boolean direct = a == g.a();
    boolean empty = block.first(); // nothing in C to add to
    int k = 0;
    for (int end : block.runs()) {
      boolean here = empty && whole;
      float[] out = here ? g.c() : scratch.edge;
      int oo = here ? co : 0;
      int oRow = here ? g.cRow() : wide;
      float zero = empty ? 0f : -0f;
      int at = ORIGIN + column * depth + k * wide;
      if (!direct) {
        int from = ao + i * (depth + GAP) + k * height;
        GemmTiles.run(height, vectors, end - k, a, from, b, at, zero, out, oo, oRow);
      } else {
        int from = ao + i * g.aRow() + k;
        DirectTiles.run(
            height, vectors, end - k, a, from, g.aRow(), present, b, at, zero, out, oo, oRow);
      }
      if (!empty) {
        GemmTiles.add(present, columns, out, wide, g.c(), co, g.cRow());
      } else if (!whole) {
        for (int row = 0; row < present; row++) {
          System.arraycopy(out, row * wide, g.c(), co + row * g.cRow(), columns);
        }
      }
      k = end;
      empty = false;
    }
  }
}
