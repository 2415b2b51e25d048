// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.files;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where the keys of a TOML text stand: the parser does not say. Reads names and brackets alone, and
 * only when somebody asks; a text that is no TOML gives places that mean little, and no failure.
 */
final class TomlPlaces {
  private final String text;
  private final int deepest;
  private final Map<List<Object>, Integer> keys = new HashMap<>();
  private final Map<List<Object>, Integer> entries = new HashMap<>(); // of arrays of tables
  private int at;
  private int twice = -1;
  private int tooDeep = -1;
  private boolean done;

  /**
   * Places in a text.
   *
   * @param deepest how many keys and brackets may stand within each other
   */
  TomlPlaces(String text, int deepest) {
    this.text = text;
    this.deepest = deepest;
  }

  /** Where a key stands: names, and for entries of arrays their numbers. */
  Optional<TomlTable.Place> of(List<Object> path) {
    scan();
    return Optional.ofNullable(keys.get(path)).map(this::place);
  }

  /** Where a key stands that was given before. */
  Optional<TomlTable.Place> twice() {
    scan();
    return twice < 0 ? Optional.empty() : Optional.of(place(twice));
  }

  /** Where more stands within each other than may. */
  Optional<TomlTable.Place> tooDeep() {
    scan();
    return tooDeep < 0 ? Optional.empty() : Optional.of(place(tooDeep));
  }

  /** Where words stand that the parser complained of. */
  Optional<TomlTable.Place> ofWords(String words) {
    int offset = text.indexOf(words);
    return offset < 0 ? Optional.empty() : Optional.of(place(offset));
  }

  private TomlTable.Place place(int offset) {
    String before = text.substring(0, offset);
    int line = 1 + (int) before.chars().filter(c -> c == '\n').count();
    return new TomlTable.Place(line, offset - before.lastIndexOf('\n'));
  }

  private void scan() {
    List<Object> table = List.of();
    while (!done) {
      skipBlank();
      int begin = at;
      if (at >= text.length()) {
        done = true;
      } else if (peek() == '[') {
        boolean many = text.startsWith("[[", at);
        at += many ? 2 : 1;
        table = table(name(begin), many);
        keys.putIfAbsent(table, begin);
        skipLine();
      } else {
        pair(table, 0);
        at += at == begin ? 1 : 0;
      }
    }
  }

  /** The table of a head: of an array of tables its last entry, or the next one. */
  private List<Object> table(List<Object> name, boolean many) {
    List<Object> path = new ArrayList<>();
    for (int i = 0; i < name.size(); i++) {
      path.add(name.get(i));
      List<Object> array = List.copyOf(path);
      if (many && i == name.size() - 1) {
        entries.merge(array, 1, Integer::sum);
        keys.putIfAbsent(array, at);
      }
      if (entries.containsKey(array)) {
        path.add(entries.get(array) - 1);
      }
    }
    return List.copyOf(path);
  }

  private void pair(List<Object> table, int depth) {
    int begin = at;
    List<Object> path = new ArrayList<>(table);
    List<Object> name = name(begin);
    for (Object part : name) {
      path.add(part);
      Integer before = keys.putIfAbsent(List.copyOf(path), begin);
      if (before != null && twice < 0 && path.size() == table.size() + name.size()) {
        twice = begin;
      }
    }
    skipSpaces();
    at += peek() == '=' ? 1 : 0;
    skipSpaces();
    value(path, depth);
  }

  /** Names with dots between them. */
  private List<Object> name(int begin) {
    List<Object> parts = new ArrayList<>();
    boolean more = true;
    while (more) {
      skipSpaces();
      int from = at;
      if (peek() == '"' || peek() == '\'') {
        skipString();
        parts.add(text.substring(from + 1, Math.max(from + 1, at - 1)));
      } else {
        while (Character.isLetterOrDigit(peek()) || peek() == '_' || peek() == '-') {
          at++;
        }
        parts.add(text.substring(from, at));
      }
      skipSpaces();
      more = peek() == '.';
      at += more ? 1 : 0;
      if (more && parts.size() >= deepest) {
        giveUp(begin);
        return List.of();
      }
    }
    return parts;
  }

  private void value(List<Object> path, int depth) {
    char first = peek();
    if (depth > deepest) {
      giveUp(at);
    } else if (first == '"' || first == '\'') {
      skipString();
    } else if (first == '[' || first == '{') {
      at++;
      inside(path, depth, first == '[' ? ']' : '}');
    } else {
      while (at < text.length() && ",]}#\n".indexOf(peek()) < 0) {
        at++;
      }
    }
  }

  private void inside(List<Object> path, int depth, char close) {
    for (int i = 0; at < text.length(); i++) {
      skipBlank();
      if (peek() == close) {
        at++;
        return;
      }
      int begin = at;
      if (close == '}') {
        pair(path, depth + 1);
      } else {
        List<Object> entry = new ArrayList<>(path);
        entry.add(i);
        value(entry, depth + 1);
      }
      skipBlank();
      at += peek() == ',' || at == begin ? 1 : 0;
    }
  }

  private void giveUp(int where) {
    tooDeep = tooDeep < 0 ? where : tooDeep;
    at = text.length();
  }

  private void skipString() {
    char quote = peek();
    String three = String.valueOf(quote).repeat(3);
    boolean lines = text.startsWith(three, at);
    at += lines ? 3 : 1;
    while (at < text.length() && (lines || peek() != '\n')) {
      if (lines ? text.startsWith(three, at) : peek() == quote) {
        at += lines ? 3 : 1;
        while (lines && peek() == quote) {
          at++; // two more may belong to the text
        }
        return;
      }
      at += peek() == '\\' && quote == '"' ? 2 : 1;
    }
    at = Math.min(at, text.length());
  }

  private void skipSpaces() {
    while (peek() == ' ' || peek() == '\t') {
      at++;
    }
  }

  private void skipLine() {
    while (at < text.length() && peek() != '\n') {
      at++;
    }
  }

  /** White space, ends of lines and comments. */
  private void skipBlank() {
    while (at < text.length() && (Character.isWhitespace(peek()) || peek() == '#')) {
      if (peek() == '#') {
        skipLine();
      } else {
        at++;
      }
    }
  }

  private char peek() {
    return at < text.length() ? text.charAt(at) : '\0';
  }
}
