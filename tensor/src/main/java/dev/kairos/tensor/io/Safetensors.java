// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor.io;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.kairos.tensor.io.SafetensorsHeader.Entry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Safetensors files: named tensors and texts, nothing that could be executed.
 *
 * <p>Read are F16, BF16, F32, F64, integers and BOOL, in files of any size; each tensor goes
 * straight into its own array. Refused, by the name of the tensor, are duplicate keys, gaps,
 * overlaps, trailing bytes, places that do not match type and shape, and headers above the format's
 * 100 MB. A tensor of another type (F8, F4, C64, or what a later version brings) is listed, and
 * refused when it is asked for; it keeps no other from being read.
 */
public final class Safetensors {
  private static final int ALIGNMENT = 8;
  private static final JsonFactory JSON = Json.factory();

  private Safetensors() {}

  /**
   * Reads all tensors of a file but those of a type that is not read; see {@link
   * SafetensorsFile#unread}.
   *
   * @throws DataFormatException if there is no such file or it breaks the format
   */
  public static SafetensorsFile read(Path file) throws IOException {
    return read(file, name -> true);
  }

  /**
   * Reads some tensors of a file and passes over the rest, which take no memory.
   *
   * @param wanted says by its name whether a tensor is read; one that is not is in neither list of
   *     the result
   * @throws DataFormatException if there is no such file or it breaks the format
   */
  public static SafetensorsFile read(Path file, Predicate<String> wanted) throws IOException {
    try (ByteSource source = ByteSource.open(file)) {
      SafetensorsHeader header = SafetensorsHeaderParser.read(source);
      Map<String, NpyArray> tensors = new LinkedHashMap<>();
      Map<String, String> unread = new LinkedHashMap<>();
      for (Map.Entry<String, Entry> tensor : header.byPlace()) {
        Entry entry = tensor.getValue();
        ElementType type = entry.type();
        source.enter("tensor " + ByteSource.quote(tensor.getKey()) + ": ");
        boolean isWanted = wanted.test(tensor.getKey());
        if (isWanted && type != null) {
          tensors.put(tensor.getKey(), readTensor(source, type, entry));
        } else {
          source.skip(entry.end() - entry.begin());
        }
        if (isWanted && type == null) {
          unread.put(tensor.getKey(), entry.dtype());
        }
      }
      return new SafetensorsFile(file, tensors, unread, header.metadata());
    }
  }

  /**
   * Reads what a file holds, without the tensors. That they fill the file is checked.
   *
   * @throws DataFormatException if there is no such file or it breaks the format
   */
  public static SafetensorsHeader readHeader(Path file) throws IOException {
    try (ByteSource source = ByteSource.open(file)) {
      return SafetensorsHeaderParser.read(source);
    }
  }

  /**
   * Writes a file, new or in place of an old one, whole or not at all. Tensors go from wide types
   * to narrow ones, so that each is aligned, and then by name; texts go by key: the same content
   * gives the same bytes.
   *
   * @param tensors of any type but STRING
   * @param metadata free texts, kept under {@code __metadata__}
   * @throws IllegalArgumentException for STRING, for a name that is {@code __metadata__} or no text
   *     that UTF-8 can hold, and for a header above 100 MB
   */
  public static void write(Path file, Map<String, NpyArray> tensors, Map<String, String> metadata)
      throws IOException {
    List<Map.Entry<String, NpyArray>> ordered = inFileOrder(tensors);
    byte[] header = header(ordered, metadata);
    AtomicFiles.write(
        file,
        out -> {
          out.write(header);
          for (Map.Entry<String, NpyArray> tensor : ordered) {
            writeTensor(out, tensor.getValue());
          }
        });
  }

  private static NpyArray readTensor(ByteSource source, ElementType type, Entry entry)
      throws IOException {
    int[] shape = Shapes.toArray(entry.shape());
    Object elements = ElementCodec.read(source, type, ByteOrder.LITTLE_ENDIAN, Shapes.size(shape));
    return NpyArray.adopt(type, elements, shape);
  }

  private static void writeTensor(OutputStream out, NpyArray tensor) throws IOException {
    ElementCodec.write(out, tensor.type(), tensor.elements());
  }

  private static List<Map.Entry<String, NpyArray>> inFileOrder(Map<String, NpyArray> tensors) {
    tensors.forEach(Safetensors::requireWritable);
    Comparator<Map.Entry<String, NpyArray>> wideFirst =
        Comparator.comparingInt(tensor -> -tensor.getValue().type().bytes());
    return tensors.entrySet().stream()
        .map(tensor -> Map.entry(tensor.getKey(), tensor.getValue()))
        .sorted(wideFirst.thenComparing(Map.Entry.comparingByKey()))
        .toList();
  }

  private static void requireWritable(String name, NpyArray tensor) {
    requireText(name);
    if (name.equals(SafetensorsHeaderParser.METADATA) || tensor.type() == ElementType.STRING) {
      throw new IllegalArgumentException(
          "safetensors: cannot write the tensor "
              + ByteSource.quote(name)
              + " of "
              + tensor.type());
    }
  }

  private static void requireText(String text) {
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw new IllegalArgumentException(
          "safetensors: " + ByteSource.quote(text) + " has half a character");
    }
  }

  /** The length in 8 bytes and the JSON, filled up with spaces to a multiple of 8. */
  private static byte[] header(
      List<Map.Entry<String, NpyArray>> tensors, Map<String, String> metadata) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(new byte[Long.BYTES]);
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      writeMetadata(json, metadata);
      writeEntries(json, tensors);
      json.writeEndObject();
    }
    out.write(" ".repeat(Math.floorMod(-out.size(), ALIGNMENT)).getBytes(StandardCharsets.UTF_8));
    int length = out.size() - Long.BYTES;
    if (length > SafetensorsHeaderParser.MAX_HEADER_BYTES) {
      throw new IllegalArgumentException(
          "safetensors: header of " + length + " bytes for " + tensors.size() + " tensors");
    }
    byte[] header = out.toByteArray();
    ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN).putLong(length);
    return header;
  }

  private static void writeMetadata(JsonGenerator json, Map<String, String> metadata)
      throws IOException {
    if (metadata.isEmpty()) {
      return;
    }
    json.writeObjectFieldStart(SafetensorsHeaderParser.METADATA);
    for (Map.Entry<String, String> text : new TreeMap<>(metadata).entrySet()) {
      requireText(text.getKey());
      requireText(text.getValue());
      json.writeStringField(text.getKey(), text.getValue());
    }
    json.writeEndObject();
  }

  private static void writeEntries(JsonGenerator json, List<Map.Entry<String, NpyArray>> tensors)
      throws IOException {
    long begin = 0;
    for (Map.Entry<String, NpyArray> entry : tensors) {
      NpyArray tensor = entry.getValue();
      long end = begin + tensor.size() * tensor.type().bytes();
      json.writeObjectFieldStart(entry.getKey());
      json.writeStringField("dtype", tensor.type().name());
      json.writeFieldName("shape");
      json.writeArray(tensor.shape(), 0, tensor.rank());
      json.writeFieldName("data_offsets");
      json.writeArray(new long[] {begin, end}, 0, 2);
      json.writeEndObject();
      begin = end;
    }
  }
}
