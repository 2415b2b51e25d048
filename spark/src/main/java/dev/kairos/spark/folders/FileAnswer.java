// SPDX-License-Identifier: Apache-2.0
package dev.kairos.spark.folders;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.kairos.tensor.io.Json;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What the command said of one file.
 *
 * @param file its name
 * @param exit the exit code
 * @param result one JSON object, or nothing
 * @param said warnings and errors
 */
record FileAnswer(String file, int exit, String result, String said) {
  static byte[] toBytes(List<FileAnswer> all) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(all.size());
      for (FileAnswer each : all) {
        out.writeInt(each.exit);
        for (String text : List.of(each.file, each.result, each.said)) {
          byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
          out.writeInt(utf8.length);
          out.write(utf8);
        }
      }
    }
    return bytes.toByteArray();
  }

  static List<FileAnswer> ofBytes(byte[] bytes) throws IOException {
    List<FileAnswer> all = new ArrayList<>();
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      for (int left = in.readInt(); left > 0; left--) {
        int exit = in.readInt();
        all.add(new FileAnswer(text(in), exit, text(in), text(in)));
      }
    }
    return all;
  }

  private static String text(DataInputStream in) throws IOException {
    return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
  }

  /** One line. */
  String json() throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = Json.factory().createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField("file", file);
      json.writeNumberField("exit", exit);
      json.writeFieldName("result");
      if (result.isBlank()) {
        json.writeNull();
      } else {
        json.writeRawValue(result.strip());
      }
      if (!said.isBlank()) {
        json.writeStringField("messages", said.strip());
      }
      json.writeEndObject();
    }
    return text.toString();
  }
}
