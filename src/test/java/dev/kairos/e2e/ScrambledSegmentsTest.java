// SPDX-License-Identifier: Apache-2.0
package dev.kairos.e2e;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.kairos.methods.data.DatasetWriter;
import dev.kairos.methods.data.PointLabel;
import dev.kairos.methods.data.Recording;
import dev.kairos.methods.generate.ThumosLikeGenerator;
import dev.kairos.methods.tal.ActionInstance;
import dev.kairos.methods.tal.Segment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Weak supervision is weak: when an action happens has no influence on what is learned. */
class ScrambledSegmentsTest {
  private final SplittableRandom random = new SplittableRandom(20240713);

  @TempDir Path folder;

  private byte[] weights(
      BiFunction<Path, Path, List<String>> command, String name, UnaryOperator<Recording> change)
      throws IOException {
    return Files.readAllBytes(run(command, name, change).resolve("checkpoint.safetensors"));
  }

  private Path run(
      BiFunction<Path, Path, List<String>> command, String name, UnaryOperator<Recording> change)
      throws IOException {
    ThumosLikeGenerator generator = new ThumosLikeGenerator(TinyRun.DATA);
    List<Recording> recordings = generator.recordings().stream().map(change).toList();
    Path data = folder.resolve(name);
    DatasetWriter.write(
        data,
        generator.description(),
        recordings,
        (recording, stream) ->
            generator.features(original(generator, recording), stream)); // from the true segments
    Path out = folder.resolve(name + "-run");
    TinyRun.succeed(command.apply(data, out));
    return out;
  }

  private static Recording original(ThumosLikeGenerator generator, Recording recording) {
    return generator.recordings().stream()
        .filter(other -> other.id().equals(recording.id()))
        .findFirst()
        .orElseThrow();
  }

  private Recording scrambled(Recording recording) {
    List<ActionInstance> instances =
        recording.instances().stream()
            .map(
                action -> {
                  double start = random.nextDouble() * (recording.duration() - 1);
                  double end = start + random.nextDouble() * (recording.duration() - start);
                  return new ActionInstance(action.label(), new Segment(start, end));
                })
            .toList();
    List<PointLabel> points =
        recording.points().stream()
            .map(point -> new PointLabel(point.label(), random.nextDouble() * recording.duration()))
            .toList();
    return new Recording(
        recording.id(), recording.subset(), recording.duration(), instances, points);
  }

  /** The other label for the whole of one recording: a change that must be seen. */
  private static Recording relabelled(Recording recording) {
    if (!recording.id().equals("train_00001")) {
      return recording;
    }
    String other =
        recording.labels().contains("Action00") && recording.labels().size() == 1
            ? "Action01"
            : "Action00";
    return new Recording(
        recording.id(),
        recording.subset(),
        recording.duration(),
        List.of(new ActionInstance(other, new Segment(1, 2))),
        List.of());
  }

  @Test
  void scrambledTimesLeaveEveryBitOfTheWeights() throws IOException {
    assertScrambledTimesChangeNothing((data, out) -> TinyRun.train(data, out, 20));
  }

  @Test
  void scrambledTimesLeaveEveryBitOfTheWeightsOfAllStages() throws IOException {
    assertScrambledTimesChangeNothing((data, out) -> TinyRun.trainInStages(data, out, 12, 8));
  }

  /** Points are learned from, segments not; nor does what is seen of the training tell of them. */
  @Test
  void scrambledSegmentsLeaveEveryBitThatIsLearnedFromPoints() throws IOException {
    BiFunction<Path, Path, List<String>> command =
        (data, out) -> TinyRun.trainOnPoints(data, out, 6, 2);
    Path original = run(command, "original", recording -> recording);
    Path scrambled =
        run(command, "scrambled", r -> scrambled(r).withPoints(r.points())); // the true points
    for (String name :
        List.of("checkpoint.safetensors", "metrics.jsonl", "stages/apn/pseudo-actions.json")) {
      assertArrayEquals(
          Files.readAllBytes(original.resolve(name)),
          Files.readAllBytes(scrambled.resolve(name)),
          name);
    }
    Path moved = run(command, "moved", r -> scrambled(r).withPoints(scrambled(r).points())); // both
    assertFalse(
        Arrays.equals(
            Files.readAllBytes(original.resolve("checkpoint.safetensors")),
            Files.readAllBytes(moved.resolve("checkpoint.safetensors"))));
  }

  private void assertScrambledTimesChangeNothing(BiFunction<Path, Path, List<String>> command)
      throws IOException {
    byte[] original = weights(command, "original", recording -> recording);
    assertArrayEquals(original, weights(command, "scrambled", this::scrambled));
    assertFalse(Arrays.equals(original, weights(command, "relabelled", r -> relabelled(r))));
  }
}
