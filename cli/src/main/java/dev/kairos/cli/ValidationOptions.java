// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli;

import dev.kairos.methods.data.Dataset;
import dev.kairos.methods.training.HeldOutOptions;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * The options that say what a training holds out to score its weights on. Each is a setting, so a
 * run remembers it, and {@code --set} says the same.
 */
final class ValidationOptions {
  @Option(
      names = "--validate",
      paramLabel = "SUBSET|SHARE",
      description =
          "Score the weights now and then on this subset, or on a share of the recordings to learn"
              + " from, such as 0.2, without learning from them; keep the best. A share parts no"
              + " subject.")
  private @Nullable String validate;

  @Option(
      names = "--validate-every",
      paramLabel = "N",
      description =
          "Steps between two of these evaluations, epochs where the method counts them (default:"
              + " 20 evaluations a stage).")
  private @Nullable Integer every;

  @Option(
      names = "--patience",
      paramLabel = "N",
      description = "End a stage after N of these evaluations without a better one.")
  private @Nullable Integer patience;

  /** What {@code --validate} says. */
  @Nullable String validate() {
    return validate;
  }

  /**
   * Refuses a subset that is not there; the setting alone takes a share where {@code val} is not.
   *
   * @throws dev.kairos.tensor.io.DataFormatException listing those there are
   */
  void check(Dataset dataset) {
    if (validate != null && isSubset()) {
      var unused = dataset.subset(validate);
    }
  }

  /** Whether a subset is named, and not a share. */
  boolean isSubset() {
    return validate != null && share(validate) == null;
  }

  /** The same as {@code --validate} where it is not given. */
  void validateOn(String usual) {
    if (validate == null) {
      validate = usual;
    }
  }

  /** Refuses what means nothing. */
  void check() {
    if (validate != null && validate.isBlank()) {
      throw new UsageException("--validate: names nothing", "for example --validate 0.2");
    }
    Double share = validate == null ? null : share(validate);
    if (share != null && !(share > 0 && share < 1)) {
      throw new UsageException(
          "--validate: a share lies between 0 and 1, found " + validate,
          "for example --validate 0.2, or the name of a subset");
    }
    if (every != null && every < 1) {
      throw new UsageException("--validate-every: needs at least 1: " + every, "leave it out");
    }
    if (patience != null && patience < 1) {
      throw new UsageException("--patience: needs at least 1: " + patience, "leave it out");
    }
    if (patience != null && validate == null && every == null) {
      throw new UsageException(
          "--patience counts evaluations, and nothing asks for any", "--validate 0.2");
    }
  }

  private static @Nullable Double share(String text) {
    return text.matches("-?\\d*\\.?\\d+([eE]-?\\d+)?") ? Double.valueOf(text) : null;
  }

  /**
   * All of it as settings, {@code key=value}.
   *
   * @param others what {@code --set} says; how a share is drawn may be among it
   */
  List<String> settings(SettingOptions others) {
    List<String> settings = new ArrayList<>();
    String text = validate;
    if (text != null) {
      settings.add("train.evaluations=" + HeldOutOptions.USUAL_EVALUATIONS);
      Double share = share(text);
      if (share == null) {
        settings.add("train.heldOutSubset=" + text);
      } else {
        settings.add("train.heldOut=" + share);
        settings.add("train.heldOutSubset=");
        if (!others.sets("train.heldOutBy")) { // a configuration of before would part them
          settings.add("train.heldOutBy=subject");
        }
      }
    }
    if (every != null) {
      settings.add("train.evaluateEvery=" + every);
    }
    if (patience != null) {
      settings.add("train.patience=" + patience);
    }
    return settings;
  }

  /** The same as words of a command line. */
  List<String> words() {
    List<String> words = new ArrayList<>();
    if (validate != null) {
      words.addAll(List.of("--validate", Shell.quoted(validate)));
    }
    if (every != null) {
      words.addAll(List.of("--validate-every", every.toString()));
    }
    if (patience != null) {
      words.addAll(List.of("--patience", patience.toString()));
    }
    return words;
  }
}
