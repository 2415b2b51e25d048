// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.data;

import dev.kairos.methods.data.SnippetTiming.Unit;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A {@code dataset.toml} as text, which {@link DatasetFile} reads back to an equal description. */
final class DatasetText {
  private final StringBuilder toml = new StringBuilder();

  private DatasetText() {}

  static String of(DatasetDescription data) {
    DatasetText text = new DatasetText();
    text.pair("name", quoted(data.name()));
    text.timing(data.timing());
    text.toml.append("classes = [\n");
    data.classes().forEach(label -> text.toml.append("  ").append(quoted(label)).append(",\n"));
    text.toml.append("]\n");
    text.rules(data.rules());
    text.optional("notes", data.notes());
    text.optional("origin", data.origin());
    text.optional("points", data.pointSource());
    text.subsets(data.rules());
    for (FeatureStream stream : data.streams()) {
      text.stream(stream, data.places().get(stream.name()));
    }
    return text.toml.toString();
  }

  private void pair(String key, Object value) {
    toml.append(key).append(" = ").append(value).append('\n');
  }

  private void optional(String key, String value) {
    if (!value.isEmpty()) {
      pair(key, quoted(value));
    }
  }

  private void timing(SnippetTiming timing) {
    if (timing.unit() == Unit.STRETCHED) {
      pair("snippets", quoted("stretched"));
      return;
    }
    if (timing.unit() == Unit.SECONDS) {
      pair("snippet_seconds", timing.stride());
    } else {
      if (!Double.isNaN(timing.fps())) {
        pair("fps", timing.fps());
      }
      pair("stride", timing.stride());
    }
    if (timing.window() != timing.stride()) {
      pair("window", timing.window());
    }
    if (timing.offset() != 0) {
      pair("offset", timing.offset());
    }
  }

  private void rules(AnnotationRules rules) {
    if (!rules.ignored().isEmpty()) {
      pair("ignore_classes", list(rules.ignored()));
    }
    if (rules.negatives()) {
      pair("unlabelled", quoted("negative"));
    }
    optional("annotator", rules.annotator());
  }

  private void subsets(AnnotationRules rules) {
    if (rules.train().isEmpty() && rules.test().isEmpty()) {
      return;
    }
    toml.append("\n[subsets]\n");
    if (!rules.train().isEmpty()) {
      pair("train", list(rules.train()));
    }
    if (!rules.test().isEmpty()) {
      pair("test", list(rules.test()));
    }
  }

  private void stream(FeatureStream stream, @Nullable FeaturePlace place) {
    toml.append("\n[[streams]]\n");
    pair("name", quoted(stream.name()));
    pair("width", stream.width());
    if (place != null) {
      place(stream, place);
    }
  }

  private void place(FeatureStream stream, FeaturePlace place) {
    if (!place.files().equals(FeaturePlace.usualFiles(stream.name()))) {
      pair("files", quoted(place.files()));
    }
    optional("key", place.key());
    FeatureLayout layout = place.layout();
    if (layout.columns() > 0) {
      int first = layout.firstColumn();
      pair("columns", "[" + first + ", " + (first + layout.columns()) + "]");
    }
    if (layout.transposed()) {
      pair("transposed", true);
    }
    switch (layout.crops().kind()) {
      case MEAN -> pair("crops", quoted("mean"));
      case ONE -> pair("crops", layout.crops().index());
      case NONE -> {}
    }
  }

  private static String list(List<String> texts) {
    return texts.stream().map(DatasetText::quoted).collect(Collectors.joining(", ", "[", "]"));
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> quoted.append("\\\"");
        case '\\' -> quoted.append("\\\\");
        case '\n' -> quoted.append("\\n");
        default -> {
          if (Character.isISOControl(c)) {
            quoted.append(String.format(Locale.ROOT, "\\u%04X", (int) c));
          } else {
            quoted.append(c);
          }
        }
      }
    }
    return quoted.append('"').toString();
  }
}
