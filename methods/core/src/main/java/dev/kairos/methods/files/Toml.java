// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.files;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.dataformat.toml.TomlFactory;
import com.fasterxml.jackson.dataformat.toml.TomlReadFeature;
import java.io.IOException;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A TOML parser for text from strangers: every text is read or refused in a time that grows with
 * its length alone, whatever it nests or repeats.
 */
public final class Toml {
  /** Keys and brackets within each other; a thousand times less than the stack holds. */
  private static final int DEEPEST = 64;

  private static final int LONGEST_NUMBER = 400;
  private static final TomlFactory FACTORY =
      TomlFactory.builder()
          .recyclerPool(JsonRecyclerPools.nonRecyclingPool())
          .enable(TomlReadFeature.PARSE_JAVA_TIME)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEEPEST)
                  .maxNumberLength(LONGEST_NUMBER)
                  .build())
          .build();

  private final TomlPlaces places;

  private Toml(String text) {
    this.places = new TomlPlaces(text, DEEPEST);
  }

  /**
   * Reads a text; a byte order mark before it is left out.
   *
   * @throws TomlException if it is not TOML
   */
  public static TomlTable parse(String text) throws TomlException {
    String clean = text.startsWith("\uFEFF") ? text.substring(1) : text;
    return new Toml(clean).read(clean);
  }

  private TomlTable read(String text) throws TomlException {
    try (JsonParser json = FACTORY.createParser(text)) {
      json.nextToken();
      return table(json, List.of());
    } catch (StreamConstraintsException e) {
      throw at(places.tooDeep(), "is nested deeper than " + DEEPEST + " keys and brackets");
    } catch (JsonProcessingException e) {
      throw problem(e);
    } catch (DateTimeParseException e) {
      String words = e.getParsedString();
      Optional<TomlTable.Place> place =
          places.ofWords(words).or(() -> places.ofWords(words.replace('T', ' ')));
      throw at(place, "'" + Shown.of(words) + "' is no date or time");
    } catch (IOException e) {
      throw new TomlException(0, 0, String.valueOf(e.getMessage())); // a text in memory has none
    }
  }

  private TomlTable table(JsonParser json, List<Object> path) throws IOException, TomlException {
    requireShallow(path);
    Map<String, Object> values = new LinkedHashMap<>();
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String key = json.currentName();
      json.nextToken();
      values.put(key, value(json, with(path, key)));
    }
    return new TomlTable(values, path, places);
  }

  private Object value(JsonParser json, List<Object> path) throws IOException, TomlException {
    return switch (json.currentToken()) {
      case START_OBJECT -> table(json, path);
      case START_ARRAY -> list(json, path);
      case VALUE_STRING -> json.getText();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NUMBER_INT ->
          json.getNumberType() == JsonParser.NumberType.BIG_INTEGER
              ? json.getBigIntegerValue()
              : (Object) json.getLongValue();
      case VALUE_NUMBER_FLOAT ->
          json.isNaN()
              ? json.getDoubleValue()
              : Double.parseDouble(json.getDecimalValue().toString());
      case VALUE_EMBEDDED_OBJECT -> json.getEmbeddedObject(); // a date or a time
      default -> throw new IllegalStateException("TOML has no " + json.currentToken());
    };
  }

  private List<Object> list(JsonParser json, List<Object> path) throws IOException, TomlException {
    requireShallow(path);
    List<Object> values = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      values.add(value(json, with(path, values.size())));
    }
    return List.copyOf(values);
  }

  private static List<Object> with(List<Object> path, Object last) {
    List<Object> longer = new ArrayList<>(path);
    longer.add(last);
    return longer;
  }

  /** The parser counts brackets, and not the dots of {@code a.b.c}. */
  private void requireShallow(List<Object> path) throws TomlException {
    if (path.size() > DEEPEST) {
      throw at(places.tooDeep(), "is nested deeper than " + DEEPEST + " keys and brackets");
    }
  }

  private TomlException problem(JsonProcessingException e) {
    String words = TomlWords.of(e.getOriginalMessage());
    if (words.equals(TomlWords.TWICE)) { // the parser has read on when it finds out
      return at(places.twice(), words);
    }
    JsonLocation location = e.getLocation();
    return location == null
        ? at(Optional.empty(), words)
        : new TomlException(location.getLineNr(), location.getColumnNr(), words);
  }

  private static TomlException at(Optional<TomlTable.Place> place, String problem) {
    return new TomlException(
        place.map(TomlTable.Place::line).orElse(0),
        place.map(TomlTable.Place::column).orElse(0),
        problem);
  }
}
