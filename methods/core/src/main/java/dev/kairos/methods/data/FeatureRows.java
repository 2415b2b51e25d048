// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.data;

import java.io.Closeable;
import java.io.IOException;

/** Rows of features, whatever the order in which a file holds their values. */
final class FeatureRows implements Closeable {
  /** Values looked at while they are in the cache. */
  private static final int BLOCK_VALUES = 1 << 16;

  private ValueSource source;
  private FeatureView view;
  private float[] stretch = {};

  FeatureRows(ValueSource source, FeatureView view) {
    this.source = source;
    this.view = view;
  }

  int length() {
    return view.length();
  }

  int width() {
    return view.width();
  }

  /** Values of the file from one row to the next, which tell what reading a row costs. */
  int cost() {
    return view.columnStride() == 1 ? Math.max(view.width(), view.rowStride()) : view.width();
  }

  /** Rows that are best read at once. */
  int block() {
    return Math.min(view.length(), Math.max(1, BLOCK_VALUES / cost()));
  }

  /** Reads rows {@code [first, first + count)}, one after the other. */
  void read(int first, int count, float[] to, int at) throws IOException {
    if (view.columnStride() != 1) {
      turn();
    }
    if (view.crops() > 1) {
      average(first, count, to, at);
    } else if (view.rowStride() == view.width()) {
      source.read(view.offset() + first * view.width(), count * view.width(), to, at);
    } else {
      bring(view.offset() + first * view.rowStride(), (count - 1) * view.rowStride());
      for (int row = 0; row < count; row++) {
        System.arraycopy(
            stretch, row * view.rowStride(), to, at + row * view.width(), view.width());
      }
    }
  }

  /** Reads a stretch that ends a row after its last stride. */
  private void bring(int from, int strides) throws IOException {
    int values = strides + view.width();
    if (stretch.length < values) {
      stretch = new float[values];
    }
    source.read(from, values, stretch, 0);
  }

  private void average(int first, int count, float[] to, int at) throws IOException {
    double[] sums = new double[count * view.width()];
    int begin = view.offset() + first * view.rowStride();
    int rows = (count - 1) * view.rowStride();
    boolean within = view.cropStride() < view.rowStride(); // crops of one snippet lie together
    if (within) {
      bring(begin, rows + (view.crops() - 1) * view.cropStride());
    }
    for (int crop = 0; crop < view.crops(); crop++) {
      if (!within) {
        bring(begin + crop * view.cropStride(), rows);
      }
      int shift = within ? crop * view.cropStride() : 0;
      for (int row = 0; row < count; row++) {
        for (int d = 0; d < view.width(); d++) {
          sums[row * view.width() + d] += stretch[shift + row * view.rowStride() + d];
        }
      }
    }
    for (int i = 0; i < sums.length; i++) {
      to[at + i] = (float) (sums[i] / view.crops());
    }
  }

  /** Brings a transposed array into rows, as a whole: every row of it spans nearly all values. */
  private void turn() throws IOException {
    int rows = view.length();
    int columns = view.width();
    float[] turned = new float[Math.multiplyExact(rows, columns)];
    for (int crop = 0; crop < view.crops(); crop++) {
      int from = view.offset() + crop * view.cropStride();
      float[] all =
          new float[(rows - 1) * view.rowStride() + (columns - 1) * view.columnStride() + 1];
      source.read(from, all.length, all, 0);
      for (int d = 0; d < columns; d++) {
        for (int t = 0; t < rows; t++) {
          turned[t * columns + d] +=
              all[t * view.rowStride() + d * view.columnStride()] / view.crops();
        }
      }
    }
    source.close();
    source = ValueSource.of(turned);
    view = FeatureView.plain(rows, columns);
  }

  @Override
  public void close() throws IOException {
    source.close();
  }
}
