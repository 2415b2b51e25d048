// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.kernels.contract.Campaign;
import dev.kairos.methods.evaluation.DetectionFile;
import dev.kairos.methods.tal.Detection;
import dev.kairos.methods.training.TrainingData;
import dev.kairos.tensor.io.DataFormatException;
import dev.kairos.tensor.io.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Damaged files end in a result or in one line, and the check of a folder finds something to stop
 * at exactly where reading it stops.
 */
@Timeout(3600)
class DataFuzzTest {
  private static final int LONGEST_MESSAGE = 1500; // paths of two files included

  @TempDir Path parent;

  /** Whether reading was refused, in one bearable line. */
  private static boolean refused(Reading reading) throws IOException {
    try {
      reading.run();
      return false;
    } catch (DataFormatException e) {
      bearable(e.getMessage() + " " + e.hint().orElse(""));
      return true;
    }
  }

  private interface Reading {
    void run() throws IOException;
  }

  private static void bearable(String message) {
    assertTrue(message.length() <= LONGEST_MESSAGE, message);
    assertFalse(message.chars().anyMatch(Character::isISOControl), message);
  }

  private static boolean stops(List<DatasetProblem> problems) {
    assertTrue(problems.size() <= Findings.MOST_KINDS + 1);
    problems.forEach(problem -> bearable(problem.toString()));
    return problems.stream().anyMatch(DatasetProblem::fatal);
  }

  @Test
  void annotations() throws IOException {
    Path file = parent.resolve("annotations.json");
    AnnotationFile.write(file, SmallDataset.RECORDINGS);
    String text = Files.readString(file);
    int[] counts = new int[2];
    Campaign.run(
        100,
        4000,
        random -> {
          Files.writeString(file, Mutation.of(text, random).replace('\ud800', '?'));
          boolean refused =
              refused(
                  () -> {
                    AnnotationFile read = AnnotationFile.read(file);
                    AnnotatedFolder.requireRecordings(file, read);
                  });
          assertEquals(refused, stops(DatasetCheck.annotationProblems(file)), file.toString());
          counts[refused ? 1 : 0]++;
        });
    assertTrue(counts[0] > 0 && counts[1] > 0, counts[0] + " read, " + counts[1] + " refused");
  }

  @Test
  void detections() throws IOException {
    Path file = parent.resolve("detections.json");
    Map<String, List<Detection>> found = new LinkedHashMap<>();
    SmallDataset.RECORDINGS.forEach(
        r ->
            found.put(
                r.id(),
                r.instances().stream()
                    .map(i -> new Detection(i.label(), i.segment(), 0.25))
                    .toList()));
    DetectionFile.write(file, found);
    String text = Files.readString(file);
    Campaign.run(
        200,
        4000,
        random -> {
          Files.writeString(file, Mutation.of(text, random).replace('\ud800', '?'));
          boolean refused = refused(() -> DetectionFile.read(file));
          assertTrue(refused || !DetectionFile.read(file).isEmpty() || Files.size(file) > 0);
        });
  }

  @Test
  void folders() throws IOException {
    Path folder = parent.resolve("small");
    int[] counts = new int[2];
    Campaign.run(
        300,
        150,
        random -> {
          Path written = SmallDataset.write(parent);
          for (int n = random.nextInt(4); n > 0; n--) {
            damage(written, random);
          }
          boolean refused = refused(() -> readAll(written));
          assertEquals(
              refused, stops(DatasetCheck.problemsInValuesToo(written)), () -> said(written));
          counts[refused ? 1 : 0]++;
          FileTree.delete(folder);
        });
    assertTrue(counts[0] > 0 && counts[1] > 0, counts[0] + " read, " + counts[1] + " refused");
  }

  private static String said(Path folder) {
    try {
      return DatasetCheck.problemsInValuesToo(folder).toString();
    } catch (IOException e) {
      return e.toString();
    }
  }

  /** What a training does with a folder, and a localisation with each recording. */
  private static void readAll(Path folder) throws IOException {
    Dataset data = Dataset.open(folder);
    int size = new TrainingData(data, Dataset.TRAIN, 0).size();
    assertTrue(size > 0);
    for (Recording recording : data.recordings()) {
      int length = data.features(recording).length();
      assertTrue(length > 0);
    }
  }

  private static void damage(Path folder, SplittableRandom random) throws IOException {
    List<Path> files = new ArrayList<>();
    try (Stream<Path> all = Files.walk(folder)) {
      all.filter(file -> !file.equals(folder)).forEach(files::add);
    }
    Path file = files.get(random.nextInt(files.size()));
    Path other = files.get(random.nextInt(files.size()));
    boolean text = file.toString().matches(".*\\.(json|csv)");
    switch (random.nextInt(text ? 8 : 6)) {
      case 0 -> FileTree.delete(file);
      case 1 -> {
        if (!other.startsWith(file) && !Files.isDirectory(other)) {
          FileTree.delete(other);
          Files.move(file, other);
        }
      }
      case 2 -> Files.move(file, file.resolveSibling("v_" + file.getFileName()));
      case 3 -> {
        FileTree.delete(file);
        Files.createDirectories(file);
      }
      case 4 -> {
        if (Files.isRegularFile(file)) {
          byte[] bytes = Files.readAllBytes(file);
          if (bytes.length > 0) {
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
          }
          Files.write(file, bytes);
        }
      }
      case 5 -> {
        if (!Files.isDirectory(other)) {
          Files.copy(
              other,
              Files.createTempFile(folder, "extra", ".npy"),
              java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        }
      }
      default ->
          Files.writeString(
              file, Mutation.of(Files.readString(file), random).replace('\ud800', '?'));
    }
  }
}
