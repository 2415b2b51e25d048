// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.data;

import dev.kairos.methods.files.NearestName;
import dev.kairos.methods.files.Plural;
import dev.kairos.methods.files.Shown;
import dev.kairos.tensor.io.DataFormatException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Which subsets of the annotations are learned from and which are scored on.
 *
 * <p>Where nobody says so, published names are known: {@code train} or {@code training} to learn
 * from and {@code test} or {@code testing} to score, or {@code validation} to score where those
 * have no annotated action or are not there, as in ActivityNet; and {@code validation} to learn
 * from with {@code test} to score where nothing is called training, as in THUMOS14. Upper and lower
 * case do not matter. A subset {@code val} beside {@code train} stays what methods hold out.
 *
 * @param train what is learned from; may be empty
 * @param test what is scored; may be empty
 */
public record SubsetChoice(List<String> train, List<String> test) {
  private static final Set<String> TRAINING = Set.of("train", "training");
  private static final Set<String> TESTING = Set.of("test", "testing");
  private static final Set<String> VALIDATION = Set.of("validation", "valid", "val");

  /** What a subset is called that has the name of another use. */
  static final String UNUSED = "unused";

  /** Copies the lists. */
  public SubsetChoice {
    train = List.copyOf(train);
    test = List.copyOf(test);
  }

  /**
   * Chooses.
   *
   * @param place what holds the annotations, for messages
   * @param rules which may name them
   * @throws DataFormatException KDATA-116 if a name that is given is none, or is given for both
   */
  public static SubsetChoice of(
      Path place, AnnotationRules rules, Collection<Recording> recordings) {
    Set<String> there =
        recordings.stream().map(Recording::subset).collect(Collectors.toCollection(TreeSet::new));
    rules.train().forEach(name -> require(place, name, there));
    rules.test().forEach(name -> require(place, name, there));
    for (String name : rules.train()) {
      if (rules.test().contains(name)) {
        throw DataFormatException.of(
            "KDATA-116",
            place,
            "subset '" + Shown.of(name) + "' is to be learned from and to be scored on",
            "name it for one of the two; --folds cuts a subset into both");
      }
    }
    SubsetChoice usual = usual(there, recordings);
    List<String> train = rules.train().isEmpty() ? usual.train : rules.train();
    List<String> test = rules.test().isEmpty() ? usual.test : rules.test();
    return new SubsetChoice(
        rules.train().isEmpty() ? without(train, rules.test()) : train,
        rules.test().isEmpty() ? without(test, rules.train()) : test);
  }

  private static List<String> without(List<String> names, List<String> others) {
    return names.stream().filter(name -> !others.contains(name)).toList();
  }

  private static void require(Path place, String name, Set<String> there) {
    if (!there.contains(name)) {
      throw DataFormatException.of(
          "KDATA-116",
          place,
          "no recording is in subset '" + Shown.of(name) + "'",
          NearestName.advice(name, there, "subsets here: " + Shown.some(there)));
    }
  }

  private static SubsetChoice usual(Set<String> there, Collection<Recording> recordings) {
    List<String> training = named(there, TRAINING);
    List<String> testing = named(there, TESTING);
    List<String> validation = named(there, VALIDATION);
    if (training.isEmpty()) {
      return testing.isEmpty()
          ? new SubsetChoice(List.of(), validation)
          : new SubsetChoice(validation, testing);
    }
    Predicate<Recording> isTruth = r -> testing.contains(r.subset()) && !r.instances().isEmpty();
    if (testing.contains(Dataset.TEST) || recordings.stream().anyMatch(isTruth)) {
      return new SubsetChoice(training, testing);
    }
    boolean isHeldOut = training.contains(Dataset.TRAIN) && validation.contains("val");
    return new SubsetChoice(training, isHeldOut ? List.of() : validation);
  }

  private static List<String> named(Set<String> there, Set<String> names) {
    return there.stream().filter(name -> names.contains(name.toLowerCase(Locale.ROOT))).toList();
  }

  /** Whether the subsets have the names that methods ask for. */
  private boolean isPlain() {
    return train.equals(List.of(Dataset.TRAIN))
        && (test.isEmpty() || test.equals(List.of(Dataset.TEST)));
  }

  /** The recordings with the subsets {@link Dataset#TRAIN} and {@link Dataset#TEST}, by id. */
  Map<String, Recording> named(Map<String, Recording> recordings) {
    Map<String, Recording> named = new LinkedHashMap<>();
    recordings.forEach((id, r) -> named.put(id, r.withSubset(role(r.subset()))));
    return named;
  }

  private String role(String subset) {
    if (train.contains(subset)) {
      return Dataset.TRAIN;
    }
    if (test.contains(subset)) {
      return Dataset.TEST;
    }
    return subset.equals(Dataset.TRAIN) || subset.equals(Dataset.TEST) ? UNUSED : subset;
  }

  /** What was chosen, a sentence; empty where the names are those that everybody expects. */
  public String note(Collection<Recording> recordings) {
    if (isPlain()) {
      return "";
    }
    return "learning from %s, scoring on %s"
        .formatted(counted(train, recordings), counted(test, recordings));
  }

  private static String counted(List<String> subsets, Collection<Recording> recordings) {
    if (subsets.isEmpty()) {
      return "nothing";
    }
    long count = recordings.stream().filter(r -> subsets.contains(r.subset())).count();
    return Shown.some(subsets) + " (" + Plural.of(count, "recording") + ")";
  }
}
