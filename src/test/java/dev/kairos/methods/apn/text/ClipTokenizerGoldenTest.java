// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.apn.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kairos.golden.ApnJson;
import dev.kairos.golden.Golden;
import dev.kairos.golden.SharedFile;
import dev.kairos.tensor.io.DataFormatException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code apn/e_tokenizer.json}, with the vocabulary that openai/CLIP published. */
class ClipTokenizerGoldenTest {
  static final String VOCABULARY = "data/clip/bpe_simple_vocab_16e6.txt.gz";

  @TempDir Path folder;

  @Test
  void textsBecomeTokens() throws IOException {
    JsonNode golden = ApnJson.file("e_tokenizer.json");
    ClipTokenizer tokenizer = new ClipTokenizer(ClipVocabulary.read(SharedFile.of(VOCABULARY)));
    assertEquals(Golden.get(golden, "vocab_size").intValue(), tokenizer.size());
    assertEquals(Golden.get(golden, "sot").intValue(), tokenizer.start());
    assertEquals(Golden.get(golden, "eot").intValue(), tokenizer.end());
    int context = Golden.get(golden, "context").intValue();
    for (JsonNode each : Golden.get(golden, "cases")) {
      String text = Golden.get(each, "text").textValue();
      assertArrayEquals(Golden.ints(Golden.get(each, "bpe_ids")), tokenizer.tokens(text), text);
      assertArrayEquals(
          Golden.ints(Golden.get(each, "context_ids")), tokenizer.sequence(text, context), text);
    }
  }

  /** As a plain file too, with other ends of lines, and cut after the last pair that counts. */
  @Test
  void onlyThePairsCount() throws IOException {
    Path published = SharedFile.of(VOCABULARY);
    List<String> merges = ClipVocabulary.read(published);
    Path plain = folder.resolve("merges.txt");
    Files.writeString(plain, "#version: 0.2\r\n" + String.join("\r\n", merges));
    assertEquals(merges, ClipVocabulary.read(plain));
    try (InputStream in = new GZIPInputStream(Files.newInputStream(published))) {
      Files.write(plain, in.readAllBytes());
    }
    assertEquals(merges, ClipVocabulary.read(plain));
    Files.writeString(plain, Files.readString(plain).replaceFirst("\nt h\n", "\nh t\n"));
    DataFormatException e =
        assertThrows(DataFormatException.class, () -> ClipVocabulary.read(plain));
    assertTrue(String.valueOf(e.getMessage()).contains("not CLIP's"), e.getMessage());
  }

  @Test
  void aLongTextIsCut() throws IOException {
    ClipTokenizer tokenizer = new ClipTokenizer(ClipVocabulary.read(SharedFile.of(VOCABULARY)));
    int[] tokens = tokenizer.sequence("throw ".repeat(1000), 77);
    assertEquals(77, tokens.length);
    assertEquals(tokenizer.end(), tokens[76]);
    assertEquals(76, ClipTextEncoder.end(tokens));
    assertEquals(1000, tokenizer.tokens("throw ".repeat(1000)).length);
  }
}
