// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.apn.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.tensor.Engine;
import dev.kairos.tensor.io.Safetensors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClipTextEncoderTest {
  private static final int VOCABULARY = 30;
  private static final int END = VOCABULARY - 1;
  private static final int CONTEXT = 20;

  @TempDir Path folder;

  private ClipTextEncoder encoder(Engine engine) throws IOException {
    Path file = folder.resolve("model.safetensors");
    Safetensors.write(file, TinyTower.tensors(VOCABULARY, CONTEXT, 3), Map.of());
    return new ClipTextEncoder(ClipTextWeights.read(file), TinyTower.HEADS, engine);
  }

  @Test
  void theEndIsTheFirstOfTheLargest() {
    assertEquals(2, ClipTextEncoder.end(new int[] {1, 5, 9, 0, 9, 9}));
    assertEquals(0, ClipTextEncoder.end(new int[] {4}));
    assertEquals(0, ClipTextEncoder.end(new int[] {0, 0}));
  }

  /** More texts than a batch holds, of all lengths, keep their order. */
  @Test
  void textsDoNotDependOnThoseBesideThem() throws IOException {
    SplittableRandom random = new SplittableRandom(3);
    List<int[]> texts = new ArrayList<>();
    for (int n = 0; n < 150; n++) {
      int[] text = random.ints(CONTEXT, 0, END).toArray();
      text[random.nextInt(CONTEXT)] = END;
      texts.add(text);
    }
    try (Engine engine = Engine.open("reference", 1)) {
      ClipTextEncoder encoder = encoder(engine);
      double[][] together = encoder.encode(texts);
      assertEquals(texts.size(), together.length);
      for (int n = 0; n < texts.size(); n += 7) {
        double[] alone = encoder.encode(List.of(texts.get(n)))[0];
        assertEquals(TinyTower.OUTPUT, alone.length);
        assertArrayEquals(alone, together[n], 1e-12, "text " + n);
      }
    }
  }

  /** Memory is that of a batch, not that of all texts or layers. */
  @Test
  void memoryIsBounded() throws IOException {
    try (Engine engine = Engine.open("reference", 1)) {
      ClipTextEncoder encoder = encoder(engine);
      List<int[]> texts = new ArrayList<>();
      for (int n = 0; n < 64; n++) {
        int[] text = new int[CONTEXT];
        text[CONTEXT - 1] = END;
        texts.add(text);
      }
      encoder.encode(texts, CONTEXT);
      long batch = engine.scopedBytes();
      for (int n = 0; n < 3; n++) {
        texts.addAll(texts.subList(0, 64));
      }
      for (int from = 0; from < texts.size(); from += 64) {
        encoder.encode(texts.subList(from, from + 64), CONTEXT);
      }
      assertEquals(batch, engine.scopedBytes());
      long stream = 64L * CONTEXT * TinyTower.WIDTH * Double.BYTES;
      assertTrue(batch < 40 * stream, batch + " bytes for streams of " + stream);
      encoder.encode(texts);
      assertEquals(0, engine.scopedBytes());
    }
  }

  @Test
  void refusesTokensThatThereAreNot() throws IOException {
    try (Engine engine = Engine.open("reference", 1)) {
      ClipTextEncoder encoder = encoder(engine);
      for (int[] text : List.of(new int[0], new int[CONTEXT + 1], new int[] {-1}, new int[] {30})) {
        assertThrows(IllegalArgumentException.class, () -> encoder.encode(List.of(text)));
      }
      assertEquals(0, encoder.encode(List.of()).length);
    }
  }
}
