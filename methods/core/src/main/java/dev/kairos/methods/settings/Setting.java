// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.settings;

import java.util.List;

/**
 * A setting that somebody asked for.
 *
 * @param key its name, with dots
 * @param allowed type and range, or the words of a choice
 * @param words of a choice; empty where it is none
 * @param value with presets, files and overrides
 * @param published the default of the method
 * @param paper what the paper has where that is another value; {@code -} where no paper has it,
 *     empty for the default
 * @param meaning in one line, empty where nobody says
 */
public record Setting(
    String key,
    String allowed,
    List<String> words,
    Object value,
    Object published,
    String paper,
    String meaning) {
  /** Copies the words. */
  public Setting {
    words = List.copyOf(words);
  }

  /** The same of which no paper has a value, unless it is known that one has. */
  public Setting withoutPaper() {
    return new Setting(
        key, allowed, words, value, published, paper.isEmpty() ? "-" : paper, meaning);
  }

  /** The value as TOML. */
  public String valueText() {
    return TomlText.literal(value);
  }

  /** What the paper has, as TOML; {@code -} where no paper has it. */
  public String paperText() {
    return paper.isEmpty() ? TomlText.literal(published) : paper;
  }
}
