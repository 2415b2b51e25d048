// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.data;

import dev.kairos.methods.files.Plural;
import dev.kairos.tensor.io.DataFormatException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the features {@code [T, D]} of a stream lie in the values of a stored array: value {@code
 * (t, d)} at {@code offset + t * rowStride + d * columnStride}, or the average of as many as there
 * are crops, {@code cropStride} apart.
 *
 * @param length snippets T
 * @param width values per snippet D
 * @param offset place of the first value
 * @param rowStride values from one snippet to the next
 * @param columnStride values from one column to the next, 1 but for transposed arrays
 * @param crops how many are averaged, 1 for none
 * @param cropStride values from one crop to the next
 */
record FeatureView(
    int length, int width, int offset, int rowStride, int columnStride, int crops, int cropStride) {

  /** Rows one after the other, and nothing else. */
  static FeatureView plain(int length, int width) {
    return new FeatureView(length, width, 0, width, 1, 1, 0);
  }

  private record Axis(int length, int stride) {}

  /**
   * Checks an array against what a stream should have.
   *
   * @throws DataFormatException KDATA-132 if it cannot be that
   */
  static FeatureView of(Path file, FeatureStream stream, FeatureLayout layout, ArrayInfo array) {
    FeatureFormats.requireNumbers(file, array);
    if (layout.columns() != 0 && layout.columns() != stream.width()) {
      throw new IllegalArgumentException(
          "layout: %d columns for stream '%s' of %d"
              .formatted(layout.columns(), stream.name(), stream.width()));
    }
    return new Check(file, stream, layout, array).view();
  }

  private static final class Check {
    private final Path file;
    private final FeatureStream stream;
    private final FeatureLayout layout;
    private final List<Integer> shape;

    Check(Path file, FeatureStream stream, FeatureLayout layout, ArrayInfo array) {
      this.file = file;
      this.stream = stream;
      this.layout = layout;
      this.shape = array.shape();
    }

    FeatureView view() {
      boolean cropped = layout.crops().kind() != Crops.Kind.NONE;
      List<Axis> axes = squeezed(cropped ? 3 : 2);
      if (axes.size() != (cropped ? 3 : 2)) {
        throw wrong("expected " + expected(cropped) + ", found shape " + shape + meaning(), hint());
      }
      int offset = layout.firstColumn();
      Axis crops = cropped ? axes.remove(cropAxis(axes)) : new Axis(1, 0);
      Axis rows = axes.get(layout.transposed() ? 1 : 0);
      Axis columns = axes.get(layout.transposed() ? 0 : 1);
      requireColumns(rows, columns);
      if (rows.length() < 1) {
        throw wrong("has no rows, expected at least one snippet", "compute it again");
      }
      offset *= columns.stride();
      if (layout.crops().kind() == Crops.Kind.ONE) {
        offset += layout.crops().index() * crops.stride();
        crops = new Axis(1, 0);
      }
      return new FeatureView(
          rows.length(),
          stream.width(),
          offset,
          rows.stride(),
          columns.stride(),
          crops.length(),
          crops.stride());
    }

    private String expected(boolean cropped) {
      String width = layout.columns() == 0 ? "" + stream.width() : "D";
      String plain = layout.transposed() ? "[" + width + ", T]" : "[T, " + width + "]";
      return cropped ? "crops of " + plain : plain;
    }

    /** The axes less those of length 1, the first of them first, down to a number of axes. */
    private List<Axis> squeezed(int rank) {
      List<Axis> axes = new ArrayList<>();
      int stride = 1;
      for (int axis = shape.size() - 1; axis >= 0; axis--) {
        axes.add(0, new Axis(shape.get(axis), stride));
        stride *= Math.max(1, shape.get(axis));
      }
      while (axes.size() > rank) {
        int unit = 0;
        while (unit < axes.size() && axes.get(unit).length() != 1) {
          unit++;
        }
        if (unit == axes.size()) {
          break;
        }
        axes.remove(unit);
      }
      return axes;
    }

    /** Which of three axes the crops lie along. */
    private int cropAxis(List<Axis> axes) {
      for (int axis : new int[] {1, 0, 2}) {
        List<Axis> rest = new ArrayList<>(axes);
        rest.remove(axis);
        int columns = rest.get(layout.transposed() ? 0 : 1).length();
        if (isCrops(axes.get(axis).length()) && fits(columns)) {
          if (layout.crops().index() >= axes.get(axis).length()) {
            throw wrong(
                "has %s of every snippet, found the choice of number %d, counted from 0"
                    .formatted(Plural.of(axes.get(axis).length(), "crop"), layout.crops().index()),
                "choose one that is there");
          }
          return axis;
        }
      }
      throw wrong(
          "expected " + expected(true) + ", found shape " + shape + ", of which no axis is crops",
          "crops are 3, 5 or 10 along one of the axes");
    }

    private boolean fits(int columns) {
      return layout.columns() == 0
          ? columns == stream.width()
          : columns - layout.firstColumn() >= layout.columns();
    }

    private void requireColumns(Axis rows, Axis columns) {
      if (layout.columns() == 0 && columns.length() != stream.width()) {
        throw wrong(
            "expected "
                + Plural.of(stream.width(), "column")
                + ", found "
                + columns.length()
                + (layout.transposed() ? " rows, which are to be columns" : ""),
            rows.length() == stream.width() ? turnHint() : widthHint());
      }
      if (!fits(columns.length())) {
        throw wrong(
            "expected columns %d to %d, found %d columns"
                .formatted(
                    layout.firstColumn(),
                    layout.firstColumn() + layout.columns() - 1,
                    columns.length()),
            "correct the columns of stream '" + stream.name() + "'");
      }
    }

    /** Crops of each snippet, [T, 10, D] or [10, T, D]: the axis they lie along, or -1. */
    private int likelyCrops() {
      if (shape.size() != 3 || shape.get(2) != stream.width()) {
        return -1;
      }
      return isCrops(shape.get(1)) ? 1 : isCrops(shape.get(0)) ? 0 : -1;
    }

    private static boolean isCrops(int length) {
      return length == 10 || length == 5 || length == 3;
    }

    private String meaning() {
      int axis = likelyCrops();
      if (axis < 0) {
        return "";
      }
      String number = shape.get(axis) == 10 ? "ten" : String.valueOf(shape.get(axis));
      return ", which looks like " + number + " crops of every snippet";
    }

    private String hint() {
      int axis = likelyCrops();
      if (axis < 0) {
        return "save an array with a row for every snippet";
      }
      return "set crops = \"mean\", or the number of the crop to keep, for stream '%s' in %s"
          .formatted(stream.name(), DatasetDescription.FILE_NAME);
    }

    private String turnHint() {
      return layout.transposed()
          ? "the array is not transposed: leave that out"
          : "the array looks transposed: rows are snippets; set transposed = true for stream '%s' in %s"
              .formatted(stream.name(), DatasetDescription.FILE_NAME);
    }

    private String widthHint() {
      return "correct the width of stream '"
          + stream.name()
          + "' in "
          + DatasetDescription.FILE_NAME
          + ", or take a part of them with columns = [first, end]";
    }

    private DataFormatException wrong(String problem, String hint) {
      return DataFormatException.of("KDATA-132", file, problem, hint);
    }
  }
}
