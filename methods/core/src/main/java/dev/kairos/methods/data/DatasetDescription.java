// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.data;

import dev.kairos.methods.files.Shown;
import dev.kairos.methods.files.TextFile;
import dev.kairos.methods.files.Toml;
import dev.kairos.methods.files.TomlException;
import dev.kairos.methods.files.TomlTable;
import dev.kairos.tensor.io.AtomicFiles;
import dev.kairos.tensor.io.DataFormatException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The content of {@code dataset.toml}: the meaning of rows and columns of the feature files, and
 * the classes.
 *
 * @param name the data set's name
 * @param streams feature sources in order of fusion, at least one
 * @param fps frames (or samples) per second of what the features were computed from; 1 where the
 *     file gives {@code snippet_seconds}
 * @param stride frames from one snippet to the next; seconds where the file gives {@code
 *     snippet_seconds}
 * @param classes class names in order of their indices, at least one
 * @param notes what was assumed or left out when the folder was made, may be empty
 * @param origin where the data come from and under which terms, may be empty
 * @param pointSource where the point labels come from, such as a table or a rule and its seed;
 *     empty where the file does not say so. {@link Dataset#pointSource} knows whether there are any
 */
public record DatasetDescription(
    String name,
    List<FeatureStream> streams,
    double fps,
    double stride,
    List<String> classes,
    String notes,
    String origin,
    String pointSource) {
  /** The file's name inside a data folder. */
  public static final String FILE_NAME = "dataset.toml";

  private static final int MAX_BYTES = 1 << 20;
  private static final List<String> KEYS =
      List.of(
          "name",
          "streams",
          "fps",
          "stride",
          "snippet_seconds",
          "classes",
          "notes",
          "origin",
          "points");

  /** Copies the lists and checks that names are unique and the grid is positive. */
  public DatasetDescription {
    streams = List.copyOf(streams);
    classes = List.copyOf(classes);
    if (!(fps > 0 && Double.isFinite(fps) && stride > 0 && Double.isFinite(stride))) {
      throw new IllegalArgumentException(
          "fps and stride must be positive: fps " + fps + ", stride " + stride);
    }
    requireUnique("stream", streams.stream().map(FeatureStream::name).toList());
    requireUnique("class", classes);
  }

  /** The same without a word on where point labels come from. */
  public DatasetDescription(
      String name,
      List<FeatureStream> streams,
      double fps,
      double stride,
      List<String> classes,
      String notes,
      String origin) {
    this(name, streams, fps, stride, classes, notes, origin, "");
  }

  /** The same with point labels from there. */
  public DatasetDescription withPointSource(String source) {
    return new DatasetDescription(name, streams, fps, stride, classes, notes, origin, source);
  }

  private static void requireUnique(String kind, List<String> names) {
    if (names.isEmpty()) {
      throw new IllegalArgumentException("needs at least one " + kind);
    }
    Set<String> seen = new HashSet<>();
    for (String name : names) {
      if (name.isBlank()) {
        throw new IllegalArgumentException("a " + kind + " has no name");
      }
      if (!seen.add(name)) {
        throw new IllegalArgumentException(kind + " '" + Shown.of(name) + "' is given twice");
      }
    }
  }

  /** Seconds from one snippet to the next. */
  public double secondsPerSnippet() {
    return stride / fps;
  }

  /** The width of all streams joined. */
  public int totalWidth() {
    return streams.stream().mapToInt(FeatureStream::width).sum();
  }

  /**
   * The stream of this name.
   *
   * @throws IllegalArgumentException if there is none; the message lists what there is
   */
  public FeatureStream stream(String streamName) {
    return streams.stream()
        .filter(stream -> stream.name().equals(streamName))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no stream '" + streamName + "': the data set has " + streamNames()));
  }

  private String streamNames() {
    return streams.stream().map(FeatureStream::name).collect(Collectors.joining(", "));
  }

  /**
   * Reads a description.
   *
   * @throws DataFormatException if the file is missing, is not TOML, or a key is missing, unknown
   *     or of the wrong type; with line and column
   */
  public static DatasetDescription read(Path file) throws IOException {
    String text = TextFile.read(file, MAX_BYTES, "a data folder needs a " + FILE_NAME);
    TomlFields fields = new TomlFields(file, parse(file, text), "");
    fields.allowOnly(KEYS);
    boolean seconds = fields.has("snippet_seconds");
    if (seconds && (fields.has("fps") || fields.has("stride"))) {
      throw DataFormatException.of(
          "KDATA-102", file, "gives both snippet_seconds and fps or stride", "keep one of the two");
    }
    if (!seconds && !fields.has("fps") && !fields.has("stride")) {
      throw DataFormatException.of(
          "KDATA-102",
          file,
          "does not say how long a snippet is",
          "give fps and stride, or snippet_seconds");
    }
    try {
      return new DatasetDescription(
          fields.text("name"),
          fields.tables("streams").stream().map(DatasetDescription::streamOf).toList(),
          seconds ? 1 : fields.positive("fps"),
          seconds ? fields.positive("snippet_seconds") : fields.positive("stride"),
          fields.texts("classes"),
          fields.text("notes", ""),
          fields.text("origin", ""),
          fields.text("points", ""));
    } catch (IllegalArgumentException e) {
      throw DataFormatException.of("KDATA-102", file, String.valueOf(e.getMessage()), e);
    }
  }

  private static FeatureStream streamOf(TomlFields fields) {
    fields.allowOnly(List.of("name", "width"));
    return new FeatureStream(fields.text("name"), fields.count("width"));
  }

  private static TomlTable parse(Path file, String text) {
    try {
      return Toml.parse(text);
    } catch (TomlException e) {
      String place = e.line() == 0 ? "" : "line " + e.line() + ", column " + e.column() + ": ";
      throw DataFormatException.of("KDATA-102", file, place + e.problem());
    }
  }

  /** Writes the description; {@link #read} gives an equal one back. */
  public void write(Path file) throws IOException {
    byte[] bytes = toToml().getBytes(StandardCharsets.UTF_8);
    AtomicFiles.write(file, out -> out.write(bytes));
  }

  private String toToml() {
    StringBuilder toml = new StringBuilder();
    toml.append("name = ").append(quoted(name)).append('\n');
    toml.append("fps = ").append(fps).append('\n');
    toml.append("stride = ").append(stride).append('\n');
    toml.append("classes = [\n");
    classes.forEach(label -> toml.append("  ").append(quoted(label)).append(",\n"));
    toml.append("]\n");
    if (!notes.isEmpty()) {
      toml.append("notes = ").append(quoted(notes)).append('\n');
    }
    if (!origin.isEmpty()) {
      toml.append("origin = ").append(quoted(origin)).append('\n');
    }
    if (!pointSource.isEmpty()) {
      toml.append("points = ").append(quoted(pointSource)).append('\n');
    }
    for (FeatureStream stream : streams) {
      toml.append("\n[[streams]]\nname = ").append(quoted(stream.name()));
      toml.append("\nwidth = ").append(stream.width()).append('\n');
    }
    return toml.toString();
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> quoted.append("\\\"");
        case '\\' -> quoted.append("\\\\");
        case '\n' -> quoted.append("\\n");
        default -> {
          if (Character.isISOControl(c)) {
            quoted.append(String.format(Locale.ROOT, "\\u%04X", (int) c));
          } else {
            quoted.append(c);
          }
        }
      }
    }
    return quoted.append('"').toString();
  }
}
