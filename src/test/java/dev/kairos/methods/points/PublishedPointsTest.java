// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.points;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.golden.SharedData;
import dev.kairos.methods.data.AnnotationFile;
import dev.kairos.methods.data.PointLabel;
import dev.kairos.methods.data.Recording;
import dev.kairos.methods.tal.ActionInstance;
import dev.kairos.methods.tal.SnippetGrid;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The annotations and points of THUMOS14, ActivityNet 1.3, GTEA and BEOID, as published. */
class PublishedPointsTest {
  private static Map<String, Recording> annotations(Path folder, String file) throws IOException {
    return AnnotationFile.read(folder.resolve(file)).recordings();
  }

  private static Map<String, Integer> recordings(Map<String, Recording> all) {
    Map<String, Integer> counts = new TreeMap<>();
    all.values().forEach(recording -> counts.merge(recording.subset(), 1, Integer::sum));
    return counts;
  }

  private static Map<String, Integer> instances(Map<String, Recording> all) {
    Map<String, Integer> counts = new TreeMap<>();
    all.values().forEach(r -> counts.merge(r.subset(), r.instances().size(), Integer::sum));
    return counts;
  }

  private static Set<String> classes(Map<String, Recording> all) {
    return all.values().stream()
        .flatMap(recording -> recording.instances().stream())
        .map(ActionInstance::label)
        .collect(Collectors.toSet());
  }

  private static int count(Map<String, List<PointLabel>> points) {
    return points.values().stream().mapToInt(List::size).sum();
  }

  private static Set<String> labels(Map<String, List<PointLabel>> points) {
    return points.values().stream()
        .flatMap(Collection::stream)
        .map(PointLabel::label)
        .collect(Collectors.toSet());
  }

  /** Points inside an action of their class, to a millisecond. */
  private static long inside(Map<String, Recording> all, Map<String, List<PointLabel>> points) {
    long inside = 0;
    for (Map.Entry<String, List<PointLabel>> of : points.entrySet()) {
      for (PointLabel point : of.getValue()) {
        List<ActionInstance> there =
            all.containsKey(of.getKey()) ? all.get(of.getKey()).instances() : List.of();
        inside += there.stream().anyMatch(action -> holds(action, point)) ? 1 : 0;
      }
    }
    return inside;
  }

  private static boolean holds(ActionInstance action, PointLabel point) {
    return action.label().equals(point.label())
        && action.segment().start() - 1e-3 <= point.seconds()
        && point.seconds() <= action.segment().end() + 1e-3;
  }

  @Test
  void thumosHasPointsOnTakenSnippets() throws IOException {
    Path folder = SharedData.folder("thumos14");
    Map<String, Recording> all = annotations(folder, "annotations.json");
    assertEquals(Map.of("train", 200, "test", 210), recordings(all));
    assertEquals(Map.of("train", 3007, "test", 3311), instances(all));
    FrameRates rates = FrameRates.read(folder.resolve("fps_dict.json"));
    Map<String, List<PointLabel>> points =
        PointTable.frames(folder.resolve("point_labels.csv"), rates);
    assertEquals(3003, count(points));
    assertEquals(200, points.size());
    assertEquals(classes(all), labels(points));
    points.keySet().forEach(id -> assertEquals("train", all.get(id).subset(), id));
    // Segments are rounded to tenths of a second; most points leave them when read at 25 a second.
    assertEquals(3003, inside(all, points));
    FrameRates wrong = FrameRates.constant(25);
    assertTrue(
        inside(all, PointTable.frames(folder.resolve("point_labels.csv"), wrong)) < 3003 / 2);
    assertEquals(
        Map.of(
            Set.of("CliffDiving", "Diving"), 134,
            Set.of("CricketBowling", "CricketShot"), 9,
            Set.of("ThrowDiscus"), 4,
            Set.of("VolleyballSpiking"), 1),
        onTakenSnippets(points));
  }

  /** How many points lie on the snippet of an earlier one, by the classes of the two. */
  private static Map<Set<String>, Integer> onTakenSnippets(Map<String, List<PointLabel>> points) {
    SnippetGrid grid = new SnippetGrid(25, 16, Integer.MAX_VALUE);
    Map<Set<String>, Integer> taken = new HashMap<>();
    for (List<PointLabel> of : points.values()) {
      Map<Integer, String> first = new HashMap<>();
      for (PointLabel point : of) {
        String earlier = first.putIfAbsent(grid.snippetAt(point.seconds()), point.label());
        if (earlier != null) {
          Set<String> both = new HashSet<>(List.of(earlier));
          both.add(point.label());
          taken.merge(both, 1, Integer::sum);
        }
      }
    }
    return taken;
  }

  @Test
  void thumosHasPointsOfFourPeople() throws IOException {
    Path folder = SharedData.folder("thumos14");
    Map<String, Recording> all = annotations(folder, "annotations.json");
    int[] expected = {2980, 2920, 3014, 2986};
    for (int person = 1; person <= expected.length; person++) {
      Map<String, List<PointLabel>> points =
          PointTable.seconds(folder.resolve("single_frames/THUMOS" + person + ".txt"));
      assertEquals(expected[person - 1], count(points));
      assertEquals(classes(all), labels(points));
      Set<String> unknown = new HashSet<>(points.keySet());
      unknown.removeAll(all.keySet());
      // The first letter of one line is missing in the published file.
      assertEquals(person == 2 ? Set.of("ideo_validation_0000945") : Set.of(), unknown);
    }
  }

  @Test
  void activityNetHasPointsOfMoreVideosThanThereAre() throws IOException {
    Path folder = SharedData.folder("activitynet13");
    AnnotationFile file = AnnotationFile.read(folder.resolve("activitynet13.json.gz"));
    Map<String, Recording> all = file.recordings();
    assertEquals(19_228, all.size());
    assertEquals(Map.of("training", 9649, "validation", 4728, "testing", 4851), recordings(all));
    assertEquals(Map.of("training", 14_859, "validation", 7293, "testing", 0), instances(all));
    assertEquals(200, classes(all).size());
    assertEquals(215, warnings(file, "leaves the recording's duration"));
    assertEquals(12, warnings(file, "has no length"));
    assertEquals(45, warnings(file, "is annotated twice"));
    assertEquals(
        12,
        all.values().stream()
            .flatMap(recording -> recording.instances().stream())
            .filter(instance -> instance.segment().length() == 0)
            .count());
    // The frame rates of these videos are not published with the table: seconds mean nothing here.
    Map<String, List<PointLabel>> points =
        PointTable.frames(folder.resolve("point_gaussian.csv.gz"), FrameRates.constant(30));
    assertEquals(13_904, count(points));
    assertEquals(9024, points.size());
    assertEquals(classes(all), labels(points));
    List<String> known = points.keySet().stream().filter(all::containsKey).toList();
    assertEquals(9011, known.size());
    known.forEach(id -> assertEquals("training", all.get(id).subset(), id));
  }

  private static long warnings(AnnotationFile file, String kind) {
    return file.warnings().stream().filter(warning -> warning.contains(kind)).count();
  }

  @Test
  void gteaHasOnePointAnInstance() throws IOException {
    Path folder = SharedData.folder("gtea");
    Map<String, Recording> all = annotations(folder, "groundtruth.json");
    assertEquals(Map.of("training", 21, "validation", 7), recordings(all));
    assertEquals(Map.of("training", 367, "validation", 130), instances(all));
    assertEquals(7, classes(all).size());
    assertKitchen(all, folder, 15, 367, new int[] {369, 367, 377, 367});
  }

  @Test
  void beoidHasOnePointAnInstance() throws IOException {
    Path folder = SharedData.folder("beoid-annotations");
    Map<String, Recording> all = annotations(folder, "beoid_groundtruth.json");
    assertEquals(Map.of("training", 46, "validation", 12), recordings(all));
    assertEquals(Map.of("training", 594, "validation", 148), instances(all));
    assertEquals(34, classes(all).size());
    assertKitchen(all, folder, 30, 594, new int[] {589, 602, 604, 599});
  }

  /** The table of GTEA or BEOID has one point for each training instance; people's have about. */
  private static void assertKitchen(
      Map<String, Recording> all, Path folder, double fps, int instances, int[] people)
      throws IOException {
    Map<String, List<PointLabel>> points =
        PointTable.frames(folder.resolve("point_gaussian.csv"), FrameRates.constant(fps));
    assertEquals(instances, count(points));
    assertEquals(instances, inside(all, points));
    for (Recording recording : all.values()) {
      boolean training = recording.subset().equals("training");
      assertEquals(training, points.containsKey(recording.id()), recording.id());
      if (training) {
        assertEquals(recording.instances().size(), points.get(recording.id()).size());
      }
    }
    for (int person = 1; person <= people.length; person++) {
      Map<String, List<PointLabel>> theirs =
          PointTable.seconds(folder.resolve("single_frames_" + person + ".txt"));
      assertEquals(people[person - 1], count(theirs));
      assertEquals(points.keySet(), theirs.keySet());
      Set<String> labels = labels(theirs);
      labels.removeAll(classes(all));
      assertFalse(labels.iterator().hasNext(), labels.toString());
      assertTrue(inside(all, theirs) > 0.9 * count(theirs));
    }
  }
}
