// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.run;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.kairos.methods.files.JsonProblem;
import dev.kairos.tensor.io.DataFormatException;
import dev.kairos.tensor.io.Json;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A provenance as JSON and back. */
final class ProvenanceJson {
  private static final JsonMapper JSON = new JsonMapper(Json.factory());

  private ProvenanceJson() {}

  static String write(Provenance origin) {
    StringWriter text = new StringWriter();
    DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
    try (JsonGenerator json = JSON.getFactory().createGenerator(text)) {
      json.setPrettyPrinter(new DefaultPrettyPrinter().withObjectIndenter(indenter));
      write(origin, json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static void write(Provenance origin, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("version", origin.version());
    json.writeStringField("commit", origin.commit());
    json.writeStringField("java", origin.java());
    json.writeStringField("java_vendor", origin.javaVendor());
    json.writeStringField("os", origin.os());
    json.writeStringField("arch", origin.arch());
    json.writeStringField("backend", origin.backend());
    json.writeStringField("arithmetic", origin.arithmetic());
    if (!origin.continuedWith().isEmpty()) {
      json.writeArrayFieldStart("continued_with");
      for (String loops : origin.continuedWith()) {
        json.writeString(loops);
      }
      json.writeEndArray();
    }
    json.writeNumberField("lanes", origin.lanes());
    json.writeNumberField("threads", origin.threads());
    json.writeNumberField("seed", origin.seed());
    json.writeStringField("points", origin.points());
    json.writeStringField("start", origin.start().toString());
    Instant end = origin.end();
    json.writeStringField("end", end == null ? null : end.toString());
    json.writeStringField("config_sha256", origin.configSha256());
    json.writeStringField("config", origin.config());
    json.writeObjectFieldStart("features");
    for (Map.Entry<String, String> feature : origin.features().entrySet()) {
      json.writeStringField(feature.getKey(), feature.getValue());
    }
    json.writeEndObject();
    json.writeEndObject();
  }

  static Provenance read(Path file, String text) {
    try {
      JsonNode json = JSON.readTree(text);
      Map<String, String> features = new TreeMap<>();
      for (Map.Entry<String, JsonNode> entry : field(file, json, "features").properties()) {
        features.put(entry.getKey(), entry.getValue().asText());
      }
      List<String> continued = new ArrayList<>();
      for (JsonNode loops : json.path("continued_with")) {
        continued.add(loops.asText());
      }
      return new Provenance(
          text(file, json, "config"),
          text(file, json, "config_sha256"),
          features,
          json.path("points").asText(""),
          field(file, json, "seed").asLong(),
          optionalText(json, "commit"),
          text(file, json, "version"),
          text(file, json, "java"),
          text(file, json, "java_vendor"),
          text(file, json, "os"),
          text(file, json, "arch"),
          text(file, json, "backend"),
          json.path("arithmetic").asText(""),
          continued,
          field(file, json, "lanes").asInt(),
          field(file, json, "threads").asInt(),
          Instant.parse(text(file, json, "start")),
          json.hasNonNull("end") ? Instant.parse(text(file, json, "end")) : null);
    } catch (JsonProcessingException e) {
      throw DataFormatException.of(
          "KFMT-061", file, "not a provenance: " + JsonProblem.words(e.getOriginalMessage()));
    } catch (DateTimeParseException e) {
      throw DataFormatException.of("KFMT-061", file, "not a time: " + e.getParsedString());
    }
  }

  private static JsonNode field(Path file, JsonNode json, String name) {
    JsonNode value = json.get(name);
    if (value == null || value.isNull()) {
      throw DataFormatException.of("KFMT-061", file, "not a provenance: " + name + " is missing");
    }
    return value;
  }

  private static String text(Path file, JsonNode json, String name) {
    return field(file, json, name).asText();
  }

  private static @Nullable String optionalText(JsonNode json, String name) {
    return json.hasNonNull(name) ? json.get(name).asText() : null;
  }
}
