// SPDX-License-Identifier: Apache-2.0
package dev.kairos;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.kairos.tensor.io.Json;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;

/**
 * The actions that were found in one recording, by class and descending score. Never changes.
 *
 * @since 0.1.0
 */
public final class Detections implements Iterable<Detection> {
  private final List<Detection> all;

  private Detections(List<Detection> all) {
    this.all = List.copyOf(all);
  }

  static Detections of(List<dev.kairos.methods.tal.Detection> found) {
    return new Detections(found.stream().map(Detection::of).toList());
  }

  /** All of them. */
  public List<Detection> list() {
    return all;
  }

  /** How many there are. */
  public int size() {
    return all.size();
  }

  @Override
  public Iterator<Detection> iterator() {
    return all.iterator();
  }

  /** Those of one class. */
  public Detections of(String label) {
    return new Detections(all.stream().filter(found -> found.label().equals(label)).toList());
  }

  /** Those with at least this score. */
  public Detections atLeast(double score) {
    return new Detections(all.stream().filter(found -> found.score() >= score).toList());
  }

  /** The ones with the highest scores, highest first. */
  public Detections best(int most) {
    return new Detections(
        all.stream()
            .sorted(Comparator.comparingDouble(Detection::score).reversed())
            .limit(most)
            .toList());
  }

  /**
   * As an array in the form of ActivityNet: {@code [{"label": NAME, "score": X, "segment": [START,
   * END]}, ..]}. Numbers read back to the same bits.
   */
  public String toJson() {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = Json.factory().createGenerator(text)) {
      json.writeStartArray();
      for (Detection found : all) {
        json.writeStartObject();
        json.writeStringField("label", found.label());
        json.writeNumberField("score", found.score());
        json.writeFieldName("segment");
        json.writeArray(new double[] {found.start(), found.end()}, 0, 2);
        json.writeEndObject();
      }
      json.writeEndArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a string takes everything
    }
    return text.toString();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Detections those && all.equals(those.all);
  }

  @Override
  public int hashCode() {
    return all.hashCode();
  }

  @Override
  public String toString() {
    return all.toString();
  }
}
