// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.kernels.RandomKey;
import dev.kairos.methods.data.Dataset;
import dev.kairos.methods.data.FeatureSequence;
import dev.kairos.methods.data.Recording;
import dev.kairos.methods.data.SnippetSampling;
import dev.kairos.methods.generate.ThumosLikeGenerator;
import dev.kairos.methods.generate.ThumosLikeOptions;
import dev.kairos.tensor.Engine;
import dev.kairos.tensor.io.DataFormatException;
import dev.kairos.tensor.io.Npy;
import dev.kairos.tensor.io.NpyArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingDataTest {
  /** Rows so wide that some are read together and gaps are left out. */
  private static final ThumosLikeOptions WIDE =
      new ThumosLikeOptions(3, 2, 5, 1, 60, 90, 3000, 1100, 0.5, 0.2);

  private static final long NOTHING = 0;
  private static final long SOME = 3L * 90 * 4100 * Float.BYTES;
  private static final long ALL = 1L << 30;

  @TempDir Path parent;
  private Path folder = Path.of("");

  @BeforeEach
  void write() throws IOException {
    folder = parent.resolve("data");
    ThumosLikeGenerator.write(folder, WIDE);
  }

  private TrainingData data(long cacheBytes) throws IOException {
    return new TrainingData(Dataset.open(folder), "train", cacheBytes);
  }

  private Path file(int recording, String stream) throws IOException {
    Dataset dataset = Dataset.open(folder);
    String id = dataset.subset("train").get(recording).id();
    return folder.resolve("features").resolve(stream).resolve(id + ".npy");
  }

  @Test
  void rowsAreThoseOfTheWholeRecordingWhateverIsKept() throws IOException {
    long seed = 77;
    SplittableRandom random = new SplittableRandom(seed);
    Dataset dataset = Dataset.open(folder);
    for (long budget : new long[] {NOTHING, SOME, ALL}) {
      TrainingData data = data(budget);
      for (int round = 0; round < 2; round++) {
        for (int i = 0; i < data.size(); i++) {
          Recording recording = dataset.recording(data.id(i));
          FeatureSequence whole = dataset.features(recording);
          assertEquals(whole.length(), data.length(i));
          for (int samples : new int[] {1, 7, 30, 200}) {
            int[] forwards = SnippetSampling.random(samples, whole.length(), random);
            int[] anyhow = random.ints(samples, 0, whole.length()).toArray();
            for (int[] rows : new int[][] {forwards, anyhow}) {
              float[] read = new float[5 + rows.length * data.width()];
              data.copyRows(i, rows, read, 5);
              float[] expected = new float[read.length];
              whole.copyRows(rows, expected, 5);
              assertArrayEquals(expected, read, "budget " + budget + ", seed " + seed);
            }
          }
        }
      }
    }
  }

  @Test
  void batchesAreTheSameWhateverIsKept() throws IOException {
    RandomKey key = new RandomKey(5, 6);
    try (Engine engine = Engine.open("reference", 1)) {
      TrainingData none = data(NOTHING);
      TrainingData all = data(ALL);
      for (long step = 0; step < 5; step++) {
        Batch one = Batch.random(none, 3, 20, key.child(step));
        Batch other = Batch.random(all, 3, 20, key.child(step));
        for (int i = 0; i < 3; i++) {
          assertEquals(one.recording(i), other.recording(i));
          assertArrayEquals(one.snippets(i), other.snippets(i));
        }
        assertArrayEquals(one.features(engine).toDoubles(), other.features(engine).toDoubles());
      }
    }
  }

  @Test
  void aBatchThatWasGivenBackServesTheNext() throws IOException {
    RandomKey key = new RandomKey(5, 6);
    try (Engine engine = Engine.open("reference", 1)) {
      TrainingData data = data(ALL);
      Batch first = Batch.random(data, 3, 20, key.child(0));
      double[] before = first.features(engine).toDoubles();
      first.release();
      assertThrows(IllegalStateException.class, () -> first.features(engine));
      first.release();
      Batch second = Batch.random(data, 3, 20, key.child(1));
      double[] other = second.features(engine).toDoubles();
      second.release();
      Batch again = Batch.random(data, 3, 20, key.child(0));
      assertArrayEquals(before, again.features(engine).toDoubles());
      assertFalse(Arrays.equals(before, other));
    }
  }

  @Test
  void onlyRowsThatAreAskedForMustBeFinite() throws IOException {
    Path rgb = file(1, "rgb");
    NpyArray array = Npy.read(rgb);
    float[] values = array.toFloats();
    values[40 * 3000 + 17] = Float.NaN;
    Npy.write(rgb, NpyArray.ofFloats(values, array.shape()));
    TrainingData data = data(NOTHING);
    float[] to = new float[2 * data.width()];
    data.copyRows(1, new int[] {39, 41}, to, 0);
    DataFormatException e =
        assertThrows(DataFormatException.class, () -> data.copyRows(1, new int[] {39, 40}, to, 0));
    assertTrue(e.getMessage().contains(rgb.toString()), e.getMessage());
    assertTrue(e.getMessage().contains("row 40, column 17 is NaN"), e.getMessage());
  }

  @Test
  void aFileThatIsLostIsNamed() throws IOException {
    TrainingData data = data(NOTHING);
    Path flow = file(2, "flow");
    Files.delete(flow);
    float[] to = new float[data.width()];
    DataFormatException e =
        assertThrows(DataFormatException.class, () -> data.copyRows(2, new int[1], to, 0));
    assertTrue(e.getMessage().contains(flow.toString()), e.getMessage());
    assertThrows(DataFormatException.class, () -> data(NOTHING), "headers are read first");
  }
}
