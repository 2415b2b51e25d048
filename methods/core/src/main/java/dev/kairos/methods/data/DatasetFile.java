// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.data;

import dev.kairos.methods.data.SnippetTiming.Unit;
import dev.kairos.methods.files.TextFile;
import dev.kairos.methods.files.Toml;
import dev.kairos.methods.files.TomlException;
import dev.kairos.methods.files.TomlTable;
import dev.kairos.tensor.io.DataFormatException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads {@code dataset.toml}, and says all that is wrong with it at once. */
final class DatasetFile {
  private static final int MAX_BYTES = 1 << 20;
  private static final String FPS = "fps";
  private static final String STRIDE = "stride";
  private static final String SECONDS = "snippet_seconds";
  private static final String SNIPPETS = "snippets";
  private static final List<String> STREAM_KEYS =
      List.of("name", "width", "files", "key", "columns", "transposed", "crops");
  private static final List<String> KEYS =
      List.of(
          "name",
          "streams",
          FPS,
          STRIDE,
          SECONDS,
          SNIPPETS,
          "window",
          "offset",
          "classes",
          "subsets",
          "ignore_classes",
          "unlabelled",
          "annotator",
          "notes",
          "origin",
          "points");

  private final Path file;
  private final TomlFields fields;
  private final Consumer<Finding> findings;

  private DatasetFile(Path file, TomlFields fields, Consumer<Finding> findings) {
    this.file = file;
    this.fields = fields;
    this.findings = findings;
  }

  /** Reads a file in which nothing is wrong. */
  static DatasetDescription read(Path file) throws IOException {
    List<Finding> wrong = new ArrayList<>();
    DatasetDescription read = read(file, wrong::add);
    if (read == null) {
      throw all(wrong);
    }
    return read;
  }

  /** Everything that is wrong as one failure. */
  private static DataFormatException all(List<Finding> wrong) {
    Finding first = wrong.get(0);
    if (wrong.size() == 1) {
      return first.failure();
    }
    StringBuilder problem = new StringBuilder(first.problem());
    wrong.stream().skip(1).forEach(other -> problem.append("; ").append(other.problem()));
    return Finding.fatal(first.code(), first.file(), "", problem.toString(), first.fix()).failure();
  }

  /**
   * Reads on after a wrong value.
   *
   * @param findings told everything that is wrong
   * @return null if anything is
   * @throws DataFormatException if the file is missing or no TOML
   */
  static @Nullable DatasetDescription read(Path file, Consumer<Finding> findings)
      throws IOException {
    String text =
        TextFile.read(file, MAX_BYTES, "a data folder needs a " + DatasetDescription.FILE_NAME);
    TomlFields fields = new TomlFields(file, parse(file, text), "");
    return new DatasetFile(file, fields, findings).description();
  }

  private static TomlTable parse(Path file, String text) {
    try {
      return Toml.parse(text);
    } catch (TomlException e) {
      String place = e.line() == 0 ? "" : "line " + e.line() + ", column " + e.column() + ": ";
      throw DataFormatException.of("KDATA-102", file, place + e.problem());
    }
  }

  private interface Part<T> {
    T read();
  }

  /** A part of the description, or null after saying what is wrong with it. */
  private <T> @Nullable T part(Part<T> part) {
    try {
      return part.read();
    } catch (DataFormatException e) {
      findings.accept(Finding.of(file, e));
    } catch (IllegalArgumentException e) {
      findings.accept(Finding.fatal("KDATA-102", file, "", String.valueOf(e.getMessage()), ""));
    }
    return null;
  }

  private @Nullable DatasetDescription description() {
    boolean isKnown = fields.unknown(KEYS, findings);
    String name = part(() -> fields.text("name"));
    List<FeatureStream> streams = new ArrayList<>();
    Map<String, FeaturePlace> places = new LinkedHashMap<>();
    boolean hasStreams = streams(streams, places);
    SnippetTiming timing = part(this::timing);
    List<String> classes = part(() -> fields.texts("classes"));
    AnnotationRules rules = part(this::rules);
    String notes = part(() -> fields.text("notes", ""));
    String origin = part(() -> fields.text("origin", ""));
    String points = part(() -> fields.text("points", ""));
    if (!isKnown
        || name == null
        || !hasStreams
        || timing == null
        || classes == null
        || rules == null
        || notes == null
        || origin == null
        || points == null) {
      return null;
    }
    return part(
        () ->
            new DatasetDescription(
                name, streams, places, timing, classes, rules, notes, origin, points));
  }

  private boolean streams(List<FeatureStream> streams, Map<String, FeaturePlace> places) {
    List<TomlFields> tables = part(() -> fields.tables("streams"));
    if (tables == null) {
      return false;
    }
    boolean isRight = true;
    for (TomlFields table : tables) {
      isRight &= table.unknown(STREAM_KEYS, findings);
      FeatureStream stream =
          part(() -> new FeatureStream(table.text("name"), table.count("width")));
      if (stream == null) {
        isRight = false;
        continue;
      }
      streams.add(stream);
      FeaturePlace place = part(() -> place(table, stream));
      if (place == null) {
        isRight = false;
      } else if (!place.equals(FeaturePlace.usual(stream.name()))) {
        places.put(stream.name(), place);
      }
    }
    return isRight;
  }

  private FeaturePlace place(TomlFields table, FeatureStream stream) {
    FeatureLayout layout = FeatureLayout.PLAIN.withCrops(crops(table));
    if (table.has("columns")) {
      List<Integer> columns = table.wholes("columns");
      if (columns.size() != 2 || columns.get(1) - columns.get(0) != stream.width()) {
        throw DataFormatException.of(
            "KDATA-102",
            file,
            "stream '%s': 'columns' must be [first, end] with %d between them, found %s"
                .formatted(stream.name(), stream.width(), columns),
            "the first column is 0, and end does not belong to them");
      }
      layout = layout.withColumns(columns.get(0), stream.width());
    }
    return new FeaturePlace(
        table.text("files", FeaturePlace.usualFiles(stream.name())),
        table.text("key", ""),
        table.flag("transposed", false) ? layout.withTransposed() : layout);
  }

  private Crops crops(TomlFields table) {
    if (!table.has("crops")) {
      return Crops.NONE;
    }
    return table.isText("crops") && table.text("crops").equals("mean")
        ? Crops.MEAN
        : Crops.only(table.whole("crops"));
  }

  private SnippetTiming timing() {
    if (fields.has(SNIPPETS)) {
      return stretched();
    }
    boolean seconds = fields.has(SECONDS);
    if (seconds && (fields.has(FPS) || fields.has(STRIDE))) {
      throw DataFormatException.of(
          "KDATA-102", file, "gives both snippet_seconds and fps or stride", "keep one of the two");
    }
    if (!seconds && !fields.has(STRIDE)) {
      throw DataFormatException.of(
          "KDATA-102",
          file,
          fields.has(FPS) ? "'stride' is missing" : "does not say how long a snippet is",
          "give fps and stride, or snippet_seconds, or snippets = \"stretched\"");
    }
    double stride = fields.positive(seconds ? SECONDS : STRIDE);
    double fps = seconds ? 1 : fields.has(FPS) ? fields.positive(FPS) : Double.NaN;
    return new SnippetTiming(
        seconds ? Unit.SECONDS : Unit.FRAMES,
        fps,
        stride,
        fields.has("window") ? fields.positive("window") : stride,
        fields.has("offset") ? fields.number("offset") : 0);
  }

  private SnippetTiming stretched() {
    String said = fields.text(SNIPPETS);
    if (!said.equals("stretched")) {
      throw DataFormatException.of(
          "KDATA-102",
          file,
          "'snippets' must be \"stretched\": all rows of a recording divide its duration",
          "leave it out and give fps and stride where rows lie at a fixed distance");
    }
    for (String key : List.of(FPS, STRIDE, SECONDS, "window", "offset")) {
      if (fields.has(key)) {
        throw DataFormatException.of(
            "KDATA-102", file, "gives both snippets and " + key, "keep one of the two");
      }
    }
    return SnippetTiming.stretched();
  }

  private AnnotationRules rules() {
    List<String> train = List.of();
    List<String> test = List.of();
    if (fields.has("subsets")) {
      TomlFields subsets = fields.table("subsets");
      subsets.allowOnly(List.of("train", "test"));
      train = subsets.has("train") ? subsets.texts("train") : List.of();
      test = subsets.has("test") ? subsets.texts("test") : List.of();
    }
    String unlabelled = fields.text("unlabelled", "unknown");
    if (!unlabelled.equals("unknown") && !unlabelled.equals("negative")) {
      throw DataFormatException.of(
          "KDATA-102",
          file,
          "'unlabelled' must be \"unknown\" or \"negative\"",
          "\"negative\" if nothing happens in recordings without a label");
    }
    return new AnnotationRules(
        train,
        test,
        fields.has("ignore_classes") ? fields.texts("ignore_classes") : List.of(),
        unlabelled.equals("negative"),
        fields.text("annotator", ""));
  }
}
