// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.apn.text;

import dev.kairos.methods.files.Shown;
import dev.kairos.methods.settings.ConfigException;
import java.util.List;

/**
 * Sentences that the words of a class are put into before they are encoded, as the training texts
 * of CLIP are sentences too.
 *
 * @param templates each with at least one slot, {@code {}}
 */
record Prompts(List<String> templates) {
  /** Where the words go. */
  static final String SLOT = "{}";

  /**
   * The sixteen sentences of ActionCLIP (Wang, Xing, Liu 2021) and the one that the paper shows.
   */
  static final List<String> DEFAULTS =
      List.of(
          "a photo of action {}",
          "a picture of action {}",
          "Human action of {}",
          "{}, an action",
          "{} this is an action",
          "{}, a video of action",
          "Playing action of {}",
          "{}",
          "Playing a kind of action, {}",
          "Doing a kind of action, {}",
          "Look, the human is {}",
          "Can you recognize the action of {}?",
          "Video classification of {}",
          "A video of {}",
          "The man is {}",
          "The woman is {}",
          "the man in the scene is {}");

  /** Refuses an empty list, and a sentence without a slot, which would be alike for all classes. */
  Prompts {
    templates = List.copyOf(templates);
    if (templates.isEmpty()) {
      throw new ConfigException(
          "KCONF-003", "text.prompts is empty", "leave it out for the published sentences");
    }
    for (String template : templates) {
      if (!template.contains(SLOT)) {
        throw new ConfigException(
            "KCONF-003",
            "text.prompts: '" + Shown.of(template) + "' has no slot for the words of a class",
            "write {} where they go; sentences with commas need the form ['{}, an action', ..]");
      }
    }
  }

  /** All sentences with the words of one class, in the order of the templates. */
  List<String> of(String words) {
    return templates.stream().map(template -> template.replace(SLOT, words)).toList();
  }
}
