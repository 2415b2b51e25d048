// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor.io;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.kairos.tensor.io.SafetensorsHeader.Entry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the head of a safetensors file: its length in 8 bytes, and a JSON object with type, shape
 * and place of each tensor. The tensors must fill the rest of the file, each byte once.
 */
final class SafetensorsHeaderParser {
  static final String METADATA = "__metadata__";

  /** What the format allows. */
  static final int MAX_HEADER_BYTES = 100_000_000;

  /** Bits of an element of the format's types that are listed but not read. */
  private static final Map<String, Integer> UNREAD_BITS =
      Map.ofEntries(
          Map.entry("F4", 4),
          Map.entry("F6_E2M3", 6),
          Map.entry("F6_E3M2", 6),
          Map.entry("F8_E5M2", 8),
          Map.entry("F8_E4M3", 8),
          Map.entry("F8_E8M0", 8),
          Map.entry("F8_E4M3FNUZ", 8),
          Map.entry("F8_E5M2FNUZ", 8),
          Map.entry("C64", 64));

  private static final int MAX_DTYPE = 80;

  private static final int LENGTH_BYTES = 8;
  private static final int MAX_REASON = 160;
  private static final JsonFactory JSON =
      Json.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(64)
                  .maxNameLength(MAX_HEADER_BYTES)
                  .maxStringLength(MAX_HEADER_BYTES)
                  .maxNumberLength(20)
                  .build())
          .build();

  private final ByteSource source;
  private final JsonParser json;
  private final Map<String, Entry> tensors = new LinkedHashMap<>();
  private final Map<String, String> metadata = new LinkedHashMap<>();

  /** What is being read, for messages. */
  private String place = "header";

  private SafetensorsHeaderParser(ByteSource source, JsonParser json) {
    this.source = source;
    this.json = json;
  }

  /** Reads up to the first tensor and checks every place against the rest of the file. */
  static SafetensorsHeader read(ByteSource source) throws IOException {
    String text = readText(source);
    try (JsonParser json = JSON.createParser(text)) {
      return new SafetensorsHeaderParser(source, json).parse();
    }
  }

  private static String readText(ByteSource source) throws IOException {
    if (source.remaining() < LENGTH_BYTES) {
      throw source.error(
          "KFMT-004", "ends after " + source.size() + " bytes, expected a safetensors header");
    }
    byte[] prefix = new byte[LENGTH_BYTES];
    source.readFully(prefix, 0, LENGTH_BYTES);
    long length = ByteBuffer.wrap(prefix).order(ByteOrder.LITTLE_ENDIAN).getLong();
    if (length < 0 || length > MAX_HEADER_BYTES) {
      throw source.error(
          "KFMT-007",
          ("safetensors header of " + Long.toUnsignedString(length))
              + (" bytes, expected at most " + MAX_HEADER_BYTES));
    }
    if (length > source.remaining()) {
      throw source.error(
          "KFMT-004", "safetensors header needs " + length + " bytes, found " + source.remaining());
    }
    byte[] bytes = new byte[(int) length];
    source.readFully(bytes, 0, bytes.length);
    if (length == 0 || bytes[0] != '{') {
      throw source.error("KFMT-007", "is not a safetensors file: no '{' at byte 8");
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw source.error("KFMT-007", "safetensors header is not UTF-8", e);
    }
  }

  private SafetensorsHeader parse() throws IOException {
    try {
      expect(JsonToken.START_OBJECT, "an object");
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        member(json.currentName());
        place = "header";
      }
      if (json.nextToken() != null) {
        throw bad("text after its end");
      }
    } catch (JsonProcessingException e) {
      throw source.error("KFMT-007", place + ": " + oneLine(e), e);
    }
    SafetensorsHeader header = new SafetensorsHeader(tensors, metadata, source.position());
    requireFilled(header);
    return header;
  }

  private void member(String name) throws IOException {
    if (name.equals(METADATA)) {
      place = METADATA;
      metadata();
    } else {
      place = "tensor " + ByteSource.quote(name);
      tensors.put(name, tensor());
    }
  }

  private void metadata() throws IOException {
    expect(JsonToken.START_OBJECT, "an object of texts");
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String key = json.currentName();
      expect(JsonToken.VALUE_STRING, "a text for " + ByteSource.quote(key));
      metadata.put(key, json.getText());
    }
  }

  private Entry tensor() throws IOException {
    Set<String> seen = new LinkedHashSet<>();
    String dtype = "";
    List<Long> shape = List.of();
    List<Long> offsets = List.of();
    expect(JsonToken.START_OBJECT, "an object");
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String key = json.currentName();
      seen.add(key);
      switch (key) {
        case "dtype" -> dtype = dtype();
        case "shape" -> shape = numbers("shape", Shapes.MAX_RANK);
        case "data_offsets" -> offsets = numbers("data_offsets", 2);
        default -> throw bad("the unknown key " + ByteSource.quote(key));
      }
    }
    if (seen.size() != 3) {
      throw bad("only the keys " + seen + ", expected dtype, shape and data_offsets");
    }
    if (offsets.size() != 2) {
      throw bad("data_offsets " + offsets + ", expected two");
    }
    return entry(dtype, shape, offsets.get(0), offsets.get(1));
  }

  private Entry entry(String dtype, List<Long> shape, long begin, long end) {
    ElementType type = type(dtype);
    long size;
    try {
      size = Shapes.size(shape.stream().mapToLong(Long::longValue).toArray());
    } catch (IllegalArgumentException e) {
      throw bad("a bad shape: " + e.getMessage());
    }
    if (begin > end || end > source.remaining()) {
      throw bad(
          ("data_offsets [" + begin + ", " + end + "], expected them in order within the ")
              + (source.remaining() + " bytes of data"));
    }
    // Of a type that a later version of the format brings, the width is not known.
    Integer bits = type != null ? Integer.valueOf(8 * type.bytes()) : UNREAD_BITS.get(dtype);
    if (bits != null && (size * bits % 8 != 0 || end - begin != size * bits / 8)) {
      throw bad(
          ("data_offsets for " + (end - begin) + " bytes, expected " + size * bits / 8)
              + (" for shape " + shape + " of " + dtype));
    }
    return new Entry(dtype, type, shape.stream().map(Math::toIntExact).toList(), begin, end);
  }

  private String dtype() throws IOException {
    expect(JsonToken.VALUE_STRING, "the name of a type");
    String name = json.getText();
    if (name.isEmpty() || name.length() > MAX_DTYPE || !name.matches("[\\x21-\\x7E]+")) {
      throw bad("the dtype " + ByteSource.quote(name) + ", expected a name such as F32");
    }
    return name;
  }

  /** The type of that name, null for one that is not read. */
  private static @Nullable ElementType type(String name) {
    for (ElementType type : ElementType.values()) {
      if (type != ElementType.STRING && type.name().equals(name)) {
        return type;
      }
    }
    return null;
  }

  private List<Long> numbers(String key, int limit) throws IOException {
    List<Long> numbers = new ArrayList<>();
    expect(JsonToken.START_ARRAY, "numbers for " + key);
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (json.currentToken() != JsonToken.VALUE_NUMBER_INT || json.getLongValue() < 0) {
        throw bad(
            key
                + " with "
                + ByteSource.quote(String.valueOf(json.getText()))
                + ", expected whole numbers");
      }
      if (numbers.size() == limit) {
        throw bad(key + " with more than " + limit + " numbers");
      }
      numbers.add(json.getLongValue());
    }
    return numbers;
  }

  /** Tensors in the order of their places must follow each other up to the end of the file. */
  private void requireFilled(SafetensorsHeader header) {
    long filled = 0;
    for (Map.Entry<String, Entry> tensor : header.byPlace()) {
      Entry entry = tensor.getValue();
      if (entry.begin() != filled) {
        place = "tensor " + ByteSource.quote(tensor.getKey());
        String what = entry.begin() < filled ? "an overlap" : "a gap";
        throw bad(what + " before it: begins at " + entry.begin() + ", expected " + filled);
      }
      filled = entry.end();
    }
    if (filled != source.remaining()) {
      throw source.error(
          "KFMT-004",
          "found " + source.remaining() + " bytes after the header, expected " + filled);
    }
  }

  private void expect(JsonToken wanted, String what) throws IOException {
    if (json.nextToken() != wanted) {
      throw bad(ByteSource.quote(String.valueOf(json.getText())) + ", expected " + what);
    }
  }

  private DataFormatException bad(String found) {
    return source.error("KFMT-007", place + " has " + found);
  }

  /** What the JSON reader says, less its lists of alternatives, in one line. */
  private static String oneLine(JsonProcessingException e) {
    String message = e.getOriginalMessage().replaceAll("\\p{Cntrl}+", " ");
    String reason = message.replaceAll(":?( was)?( expecting)? \\(.*", "");
    String shown = reason.substring(0, Math.min(reason.length(), MAX_REASON));
    return e.getLocation() == null
        ? shown
        : shown + " at character " + e.getLocation().getCharOffset();
  }
}
