// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.data;

import dev.kairos.methods.files.Shown;
import dev.kairos.tensor.io.DataFormatException;
import dev.kairos.tensor.io.ElementType;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Numbers in lines, a line for each snippet, separated by commas, semicolons or white space. The
 * first line may name the columns; empty lines and those that begin with {@code #} are passed over.
 */
final class TextFormat implements FeatureFormat {
  private static final int MOST_VALUES = 1 << 28; // a gigabyte
  private static final Pattern SPACES = Pattern.compile("\\s+");
  private static final Pattern NUMBER =
      Pattern.compile(
          "[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d{1,5})?|[+-]?(nan|inf(inity)?)",
          Pattern.CASE_INSENSITIVE);

  @Override
  public Set<String> endings() {
    return Set.of(".csv", ".tsv", ".txt");
  }

  @Override
  public List<ArrayInfo> list(Path file) throws IOException {
    return List.of(new Table(file).read().info());
  }

  @Override
  public StoredArray read(Path file, ArrayInfo array) throws IOException {
    return new Table(file).read();
  }

  private static final class Table {
    private final Path file;
    private float[] values = new float[1 << 10];
    private int size;
    private int columns;
    private int line;

    Table(Path file) {
      this.file = file;
    }

    StoredArray read() throws IOException {
      try (BufferedReader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
        for (String text = in.readLine(); text != null; text = in.readLine()) {
          line++;
          String plain = (line == 1 ? text.replaceFirst("^\uFEFF", "") : text).strip();
          if (!plain.isEmpty() && !plain.startsWith("#")) {
            add(fields(plain));
          }
        }
      } catch (CharacterCodingException e) {
        throw DataFormatException.of("KFMT-019", file, "is not a text, near line " + (line + 1));
      }
      if (size == 0) {
        throw DataFormatException.of(
            "KFMT-019", file, "holds no line of numbers", "give each snippet a line of numbers");
      }
      ArrayInfo info = ArrayInfo.of("", ElementType.F64, size / columns, columns);
      return StoredArray.adopt(info, Arrays.copyOf(values, size));
    }

    private static String[] fields(String text) {
      char separator = text.indexOf(',') >= 0 ? ',' : text.indexOf(';') >= 0 ? ';' : ' ';
      return separator == ' '
          ? SPACES.split(text)
          : text.split(String.valueOf(separator), -1); // -1: an empty field at the end counts
    }

    private void add(String[] fields) {
      if (size == 0 && columns == 0 && isHeader(fields)) {
        columns = fields.length;
        return;
      }
      if (columns == 0) {
        columns = fields.length;
      }
      if (fields.length != columns) {
        throw bad("has %d values, expected %d as before".formatted(fields.length, columns));
      }
      if (size > MOST_VALUES - columns) {
        throw bad("and those before have more than " + MOST_VALUES + " values");
      }
      if (size + columns > values.length) {
        values = Arrays.copyOf(values, Math.max(size + columns, 2 * values.length));
      }
      for (String field : fields) {
        values[size++] = number(field.strip());
      }
    }

    private static boolean isHeader(String[] fields) {
      return Arrays.stream(fields).noneMatch(field -> NUMBER.matcher(field.strip()).matches());
    }

    private float number(String field) {
      if (!NUMBER.matcher(field).matches()) {
        throw bad("has '" + Shown.of(field) + "', expected a number");
      }
      String lower = field.toLowerCase(java.util.Locale.ROOT);
      if (lower.endsWith("nan")) {
        return Float.NaN;
      }
      return lower.contains("inf")
          ? lower.startsWith("-") ? Float.NEGATIVE_INFINITY : Float.POSITIVE_INFINITY
          : (float) Double.parseDouble(field);
    }

    private DataFormatException bad(String problem) {
      return DataFormatException.of(
          "KFMT-019", file, "line " + line + " " + problem, "give each snippet a line of numbers");
    }
  }
}
