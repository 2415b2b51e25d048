// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.kairos.methods.files.JsonProblem;
import dev.kairos.methods.files.Shown;
import dev.kairos.methods.files.UserFile;
import dev.kairos.tensor.io.DataFormatException;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What a JSON file is, told by the keys of its outermost object, wherever in the file they are. */
enum JsonKind {
  ANNOTATIONS("database"),
  DETECTIONS("results"),
  SCORES("per_class");

  private static final String CODE = "KFMT-090";
  private static final JsonFactory JSON = new JsonFactory();

  private final String key;

  JsonKind(String key) {
    this.key = key;
  }

  /**
   * Reads up to the first key that tells.
   *
   * @throws DataFormatException KFMT-090 if no key does, or the text is no JSON before it
   */
  static JsonKind of(Path file) throws IOException {
    try (InputStream in = UserFile.open(file, CODE, "");
        JsonParser json = JSON.createParser(in)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw unknown(file, "no JSON object");
      }
      List<String> keys = new ArrayList<>();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        for (JsonKind kind : values()) {
          if (kind.key.equals(json.currentName())) {
            return kind;
          }
        }
        keys.add(Shown.of(json.currentName()));
        json.nextToken();
        json.skipChildren();
      }
      throw unknown(file, keys.isEmpty() ? "no key" : "the keys " + Shown.some(keys));
    } catch (JacksonException e) {
      String line = e.getLocation() == null ? "" : "line " + e.getLocation().getLineNr() + ": ";
      String problem = JsonProblem.words(e.getOriginalMessage());
      throw DataFormatException.of(CODE, file, line + "not valid JSON: " + problem, e);
    } catch (CharConversionException e) {
      throw DataFormatException.of(CODE, file, "not UTF-8 text: " + e.getMessage(), e);
    }
  }

  private static DataFormatException unknown(Path file, String found) {
    return DataFormatException.of(
        CODE,
        file,
        "neither detections (\"results\"), annotations (\"database\") nor scores (\"per_class\"):"
            + " found "
            + found);
  }
}
