// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.data;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import dev.kairos.methods.tal.ActionInstance;
import dev.kairos.tensor.io.AtomicFiles;
import dev.kairos.tensor.io.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Annotations as the ActivityNet challenge writes them: {@code database -> id -> {subset, duration,
 * annotations: [{label, segment: [start, end]}]}}, times in seconds. A label may stand without a
 * segment, or in a list {@code labels} of the recording; a recording may have {@code fps} of its
 * own and a {@code subject}. Other keys are passed over.
 *
 * <p>A segment that leaves {@code [0, duration]} is kept as it is and named in {@link #warnings}:
 * published annotation files hold a few, and clipping them would change what is evaluated.
 */
public final class AnnotationFile {
  /** The file's name inside a data folder. */
  public static final String FILE_NAME = "annotations.json";

  private static final String GZIP = ".gz";

  private final Map<String, Recording> recordings;
  private final List<Finding> warnings;
  private final Set<String> doubtful;

  AnnotationFile(Map<String, Recording> recordings, List<Finding> warnings, Set<String> doubtful) {
    this.recordings = Collections.unmodifiableMap(new LinkedHashMap<>(recordings));
    this.warnings = List.copyOf(warnings);
    this.doubtful = Set.copyOf(doubtful);
  }

  /**
   * The recordings of which something was not read because it is wrong; none after {@link #read}.
   */
  Set<String> doubtful() {
    return doubtful;
  }

  /** The annotations of a data folder: {@value #FILE_NAME}, or the same packed by gzip. */
  public static Path in(Path folder) {
    Path packed = folder.resolve(FILE_NAME + GZIP);
    Path plain = folder.resolve(FILE_NAME);
    return !Files.exists(plain) && Files.exists(packed) ? packed : plain;
  }

  /** The recordings by id, in file order, without points. */
  public Map<String, Recording> recordings() {
    return recordings;
  }

  /**
   * What is odd but not wrong, one line each: segments beyond the recording's duration, without
   * length, or given twice.
   */
  public List<String> warnings() {
    return warnings.stream().map(warning -> warning.place() + warning.problem()).toList();
  }

  List<Finding> oddities() {
    return warnings;
  }

  /**
   * Reads an annotation file, plain or gzip. Times may be numbers or numbers in quotes.
   *
   * @throws dev.kairos.tensor.io.DataFormatException if the file is missing, is not JSON, repeats
   *     an id or key, lacks a subset, or holds a time that is not finite or out of order; with the
   *     line, and the recording's id where there is one
   */
  public static AnnotationFile read(Path file) throws IOException {
    return AnnotationReader.read(file);
  }

  /**
   * Writes recordings; {@link #read} gives equal ones back, except for the points, which have a
   * file of their own. Times read back to the same bits.
   */
  public static void write(Path file, Collection<Recording> recordings) throws IOException {
    AtomicFiles.write(file, out -> write(out, recordings));
  }

  private static void write(OutputStream out, Collection<Recording> recordings) throws IOException {
    try (JsonGenerator json = Json.factory().createGenerator(out)) {
      json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
      json.setPrettyPrinter(new DefaultPrettyPrinter());
      json.writeStartObject();
      json.writeObjectFieldStart("database");
      for (Recording recording : recordings) {
        write(json, recording);
      }
      json.writeEndObject();
      json.writeEndObject();
      json.writeRaw('\n');
    }
  }

  private static void write(JsonGenerator json, Recording recording) throws IOException {
    json.writeObjectFieldStart(recording.id());
    json.writeStringField("subset", recording.subset());
    if (recording.hasDuration()) {
      json.writeNumberField("duration", recording.duration());
    }
    if (recording.hasFps()) {
      json.writeNumberField("fps", recording.fps());
    }
    if (!recording.subject().isEmpty()) {
      json.writeStringField("subject", recording.subject());
    }
    json.writeArrayFieldStart("annotations");
    for (ActionInstance instance : recording.instances()) {
      json.writeStartObject();
      json.writeStringField("label", instance.label());
      json.writeArrayFieldStart("segment");
      json.writeNumber(instance.segment().start());
      json.writeNumber(instance.segment().end());
      json.writeEndArray();
      json.writeEndObject();
    }
    for (String label : recording.labelsAlone()) {
      json.writeStartObject();
      json.writeStringField("label", label);
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }
}
