// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.run;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.kairos.methods.files.UserFile;
import dev.kairos.tensor.io.DataFormatException;
import dev.kairos.tensor.io.Json;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code metrics.jsonl}: one JSON object a line, {@code {"step": 40, "loss": 0.25}}, in the order
 * of the steps. Numbers read back to the same bits; numbers that JSON does not have are the strings
 * {@code "NaN"}, {@code "Infinity"} and {@code "-Infinity"}. Lines reach the file one by one.
 */
public final class MetricsLog implements AutoCloseable {
  private static final JsonFactory JSON = Json.factory();
  private static final int LONGEST_LINE = 1 << 20;

  private final OutputStream out;

  private MetricsLog(OutputStream out) {
    this.out = out;
  }

  /**
   * Starts a new log.
   *
   * @throws java.nio.file.FileAlreadyExistsException if there is one
   */
  public static MetricsLog create(Path file) throws IOException {
    return new MetricsLog(new NamedOutput(file, StandardOpenOption.CREATE_NEW));
  }

  /**
   * Goes on with a log after a restart: drops the lines of later steps, and a last line that a
   * crash cut short, so that the file ends up as that of an undisturbed run. Makes a missing file.
   *
   * @param step the last step that counts
   * @throws DataFormatException if a complete line is no metrics line
   */
  public static MetricsLog resume(Path file, long step) throws IOException {
    if (Files.exists(file)) {
      long keep = lengthUpTo(file, step);
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.truncate(keep);
      }
    }
    return new MetricsLog(
        new NamedOutput(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
  }

  /**
   * One line.
   *
   * @param step the training step
   * @param values name to number
   */
  public record Entry(long step, Map<String, Double> values) {}

  /**
   * Reads a log; a last line that is cut short is left out.
   *
   * @throws DataFormatException if a complete line is no metrics line
   */
  public static List<Entry> read(Path file) throws IOException {
    List<Entry> entries = new ArrayList<>();
    String text = UserFile.readString(file);
    int lineNumber = 1;
    int end = text.indexOf('\n');
    for (int start = 0; end >= 0; end = text.indexOf('\n', start)) {
      entries.add(entry(text.substring(start, end), file, lineNumber++));
      start = end + 1;
    }
    return entries;
  }

  private static Entry entry(String line, Path file, int lineNumber) throws IOException {
    long step = stepOf(line.getBytes(StandardCharsets.UTF_8), file, lineNumber);
    Map<String, Double> values = new LinkedHashMap<>();
    try (JsonParser json = JSON.createParser(line)) {
      json.nextToken();
      for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
        json.nextToken();
        values.put(name, Double.parseDouble(json.getText()));
      }
    } catch (JsonProcessingException | NumberFormatException e) {
      throw malformed(file, lineNumber, "not a line of numbers: " + shortened(line));
    }
    values.remove("step");
    return new Entry(step, values);
  }

  /**
   * Adds a line.
   *
   * @param step the training step, or the epoch where that is what counts
   * @param values name to number, written in the map's order after {@code step}
   */
  public void append(long step, Map<String, ? extends Number> values) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(line)) {
      json.writeStartObject();
      json.writeNumberField("step", step);
      for (Map.Entry<String, ? extends Number> entry : values.entrySet()) {
        json.writeFieldName(entry.getKey());
        writeNumber(json, entry.getValue());
      }
      json.writeEndObject();
    }
    line.write('\n');
    out.write(line.toByteArray());
  }

  @Override
  public void close() throws IOException {
    out.close();
  }

  private static void writeNumber(JsonGenerator json, Number number) throws IOException {
    if (number instanceof Float value) {
      json.writeNumber(value); // Jackson quotes what JSON does not have
    } else if (number instanceof Integer || number instanceof Long) {
      json.writeNumber(number.longValue());
    } else {
      json.writeNumber(number.doubleValue());
    }
  }

  /** Bytes from the start of the file through the last line whose step counts. */
  private static long lengthUpTo(Path file, long step) throws IOException {
    long kept = 0;
    int lineNumber = 1;
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      for (int next = in.read(); next >= 0; next = in.read()) {
        line.write(next);
        if (line.size() > LONGEST_LINE) {
          throw malformed(file, lineNumber, "the line is longer than " + LONGEST_LINE + " bytes");
        }
        if (next == '\n') {
          if (stepOf(line.toByteArray(), file, lineNumber) > step) {
            return kept;
          }
          kept += line.size();
          line.reset();
          lineNumber++;
        }
      }
    }
    return kept;
  }

  private static long stepOf(byte[] line, Path file, int lineNumber) throws IOException {
    String found = new String(line, StandardCharsets.UTF_8);
    try (JsonParser json = JSON.createParser(line)) {
      if (json.nextToken() == JsonToken.START_OBJECT
          && "step".equals(json.nextFieldName())
          && json.nextToken() == JsonToken.VALUE_NUMBER_INT) {
        return json.getLongValue();
      }
    } catch (JsonProcessingException e) {
      throw malformed(file, lineNumber, "not a JSON object: " + shortened(found));
    }
    throw malformed(
        file, lineNumber, "expected {\"step\": number, ...}, found " + shortened(found));
  }

  private static DataFormatException malformed(Path file, int line, String problem) {
    return DataFormatException.of("KFMT-060", file, "line " + line + ": " + problem);
  }

  private static String shortened(String text) {
    String line = text.strip();
    return line.length() <= 60 ? line : line.substring(0, 60) + "...";
  }
}
