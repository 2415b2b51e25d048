// SPDX-License-Identifier: Apache-2.0
package dev.kairos.spark.folders;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.kairos.tensor.io.DataFormatException;
import dev.kairos.tensor.io.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** How many snippets the recordings of a folder have: {@code {"NAME": T, ..}}. */
final class LengthFile {
  private LengthFile() {}

  static Map<String, String> read(Path file) throws IOException {
    Map<String, String> lengths = new HashMap<>();
    try (InputStream in = Files.newInputStream(file);
        JsonParser json = Json.factory().createParser(in)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw malformed(file, "is no JSON object");
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        if (json.nextToken() != JsonToken.VALUE_NUMBER_INT) {
          throw malformed(file, "'" + name + "' is not a whole number");
        }
        lengths.put(name, json.getText());
      }
    } catch (JsonProcessingException e) {
      throw malformed(file, e.getOriginalMessage());
    }
    return lengths;
  }

  private static DataFormatException malformed(Path file, String problem) {
    return DataFormatException.of(
        "KDATA-926", file, problem, "expected {\"NAME\": T, ..}, T the snippets of NAME.json");
  }
}
