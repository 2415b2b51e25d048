// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli;

import dev.kairos.methods.data.AnnotationRules;
import dev.kairos.methods.data.DatasetDescription;
import dev.kairos.methods.data.OpenOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say which recordings of a data folder are learned from and scored on. */
final class DataOptions {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Data folder; its subset train is learned from. Always needed to train.")
  private @Nullable Path folder;

  @Option(
      names = "--train-subset",
      split = ",",
      paramLabel = "NAME",
      description = "Learn from this subset, or from several, A,B.")
  private List<String> train = new ArrayList<>();

  @Option(
      names = "--test-subset",
      split = ",",
      paramLabel = "NAME",
      description = "Score on this subset, or on several, A,B.")
  private List<String> test = new ArrayList<>();

  @Option(names = "--skip-missing", description = "Leave out recordings without feature files.")
  private boolean skipMissing;

  @Nullable Path folder() {
    return folder;
  }

  OpenOptions open() {
    return new OpenOptions(train, test, skipMissing);
  }

  /** The same, and what is not said is as it was when a run was begun. */
  OpenOptions open(Path run) throws IOException {
    Path file = run.resolve(DatasetDescription.FILE_NAME);
    if (!Files.exists(file)) {
      return open(); // of several runs that lie below
    }
    AnnotationRules rules = DatasetDescription.read(file).rules();
    return new OpenOptions(
        train.isEmpty() ? rules.train() : train, test.isEmpty() ? rules.test() : test, skipMissing);
  }

  /** The same as words of a command line, each to be quoted. */
  List<String> words() {
    List<String> words = new ArrayList<>();
    if (folder != null) {
      words.addAll(List.of("--data", Shell.quoted(folder)));
    }
    if (!train.isEmpty()) {
      words.addAll(List.of("--train-subset", Shell.quoted(String.join(",", train))));
    }
    if (!test.isEmpty()) {
      words.addAll(List.of("--test-subset", Shell.quoted(String.join(",", test))));
    }
    if (skipMissing) {
      words.add("--skip-missing");
    }
    return words;
  }
}
