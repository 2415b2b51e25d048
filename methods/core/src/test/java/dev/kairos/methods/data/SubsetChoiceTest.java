// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kairos.methods.tal.ActionInstance;
import dev.kairos.methods.tal.Segment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubsetChoiceTest {
  private static final Path PLACE = Path.of("annotations.json");

  /** A recording in each subset; a name in brackets is of one without an annotated action. */
  private static List<Recording> recordings(String subsets) {
    List<Recording> recordings = new ArrayList<>();
    for (String name : subsets.split(" ", -1)) {
      boolean bare = name.startsWith("(");
      String subset = bare ? name.substring(1, name.length() - 1) : name;
      ActionInstance jump = new ActionInstance("Jump", new Segment(1, 2));
      recordings.add(
          new Recording("in " + subset, subset, 9, bare ? List.of() : List.of(jump), List.of()));
    }
    return recordings;
  }

  private static SubsetChoice choice(String subsets, AnnotationRules rules) {
    return SubsetChoice.of(PLACE, rules, recordings(subsets));
  }

  @ParameterizedTest
  @CsvSource({
    "train test, [train], [test]",
    "train (test), [train], [test]",
    "train test val, [train], [test]",
    "train val, [train], []", // which methods hold out
    "train validation, [train], [validation]",
    "training validation, [training], [validation]", // OpenTAD, BEOID, GTEA
    "training validation (testing), [training], [validation]", // ActivityNet
    "training validation testing, [training], [testing]",
    "Validation Test, [Validation], [Test]", // THUMOS14
    "val test, [val], [test]",
    "validation, [], [validation]",
    "a b, [], []"
  })
  void publishedNamesAreKnown(String subsets, String train, String test) {
    SubsetChoice choice = choice(subsets, AnnotationRules.USUAL);
    assertEquals(train, choice.train().toString());
    assertEquals(test, choice.test().toString());
  }

  @Test
  void whatIsAskedForGoesBeforeTheUsualNames() {
    AnnotationRules asked =
        AnnotationRules.USUAL.withSubsets(List.of("test", "extra"), List.of("train"));
    SubsetChoice choice = choice("train test extra", asked);
    assertEquals(List.of("test", "extra"), choice.train());
    assertEquals(List.of("train"), choice.test());
    SubsetChoice one =
        choice("train test", AnnotationRules.USUAL.withSubsets(List.of("test"), List.of()));
    assertEquals(List.of(), one.test()); // and not what is learned from
  }

  @Test
  void recordingsTakeTheNamesThatMethodsAskFor() {
    Map<String, Recording> all = new LinkedHashMap<>();
    recordings("train test extra").forEach(r -> all.put(r.id(), r));
    AnnotationRules asked = AnnotationRules.USUAL.withSubsets(List.of("extra"), List.of("train"));
    Map<String, Recording> named = SubsetChoice.of(PLACE, asked, all.values()).named(all);
    assertEquals("test", named.get("in train").subset());
    assertEquals("unused", named.get("in test").subset());
    assertEquals("train", named.get("in extra").subset());
  }

  @Test
  void whatWasChosenIsSaid() {
    assertEquals("", choice("train test", AnnotationRules.USUAL).note(recordings("train test")));
    assertEquals(
        "learning from training (1 recording), scoring on validation (1 recording)",
        choice("training validation", AnnotationRules.USUAL)
            .note(recordings("training validation")));
  }

  @Test
  void aSubsetThatIsNotThereOrHasTwoUsesIsRefused() {
    Refused.with(
        "KDATA-116",
        () -> choice("train test", AnnotationRules.USUAL.withSubsets(List.of("trian"), List.of())),
        "no recording is in subset 'trian'",
        "did you mean 'train'?");
    Refused.with(
        "KDATA-116",
        () ->
            choice(
                "train test",
                AnnotationRules.USUAL.withSubsets(List.of("train"), List.of("train"))),
        "to be learned from and to be scored on");
  }
}
