// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.apn.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A vocabulary of four merges, small enough to follow by hand. */
class ClipTokenizerTest {
  private static final int MERGED = 512;
  private static final ClipTokenizer TOKENIZER =
      new ClipTokenizer(List.of("l o", "lo w</w>", "l o</w>", "lo lo"));

  /** Of a printable character of ASCII within a word. */
  private static int of(char c) {
    return c - '!';
  }

  private static int last(char c) {
    return 256 + of(c);
  }

  @Test
  void mergesTheFirstOfTheListFirst() {
    assertEquals(518, TOKENIZER.size());
    assertArrayEquals(new int[] {MERGED + 1}, TOKENIZER.tokens("low"));
    assertArrayEquals(new int[] {MERGED + 2}, TOKENIZER.tokens("lo"));
    assertArrayEquals(new int[] {MERGED + 3, last('s')}, TOKENIZER.tokens("lolos"));
    assertArrayEquals(new int[] {MERGED, of('l'), MERGED + 1}, TOKENIZER.tokens("LOlLow"));
    assertArrayEquals(new int[] {of('l'), of('l'), last('x')}, TOKENIZER.tokens("llx"));
  }

  @Test
  void piecesEndWords() {
    assertArrayEquals(
        new int[] {last('a'), last('1'), last('2'), of('!'), last('?')}, TOKENIZER.tokens("a12!?"));
    assertArrayEquals(
        new int[] {of('i'), last('t'), of('\''), last('s'), last('\''), last('x'), last('y')},
        TOKENIZER.tokens("it's'x y"));
  }

  /** The three spaces of the alphabet: what prints, up to 0xac, and up to 0xff; then the rest. */
  @Test
  void bytesThatDoNotPrintComeLast() {
    assertArrayEquals(new int[] {106 + 0xc3 - 0xae, 256 + 94 + 0xa9 - 0xa1}, TOKENIZER.tokens("é"));
    int[] smile = TOKENIZER.tokens("😀"); // f0 9f 98 80
    assertArrayEquals(
        new int[] {106 + 0xf0 - 0xae, 221 + 0x9f - 0x7f, 221 + 0x98 - 0x7f, 256 + 221 + 1}, smile);
    assertEquals(6, TOKENIZER.tokens("动作").length); // one word of three bytes each
    assertEquals(7, TOKENIZER.tokens("动😀").length);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " \t\n", "\u00a0\u3000", "&nbsp;", "&amp;nbsp;"})
  void noWordsAreNoTokens(String text) {
    assertArrayEquals(new int[0], TOKENIZER.tokens(text));
    assertArrayEquals(
        new int[] {TOKENIZER.start(), TOKENIZER.end(), 0}, TOKENIZER.sequence(text, 3));
  }

  @Test
  void isReadAsPagesAreWritten() {
    assertArrayEquals(TOKENIZER.tokens("low & lo"), TOKENIZER.tokens(" Low &amp;amp;\u00a0LO\n"));
  }

  @Test
  void specialWordsAreTheirTokens() {
    assertArrayEquals(
        new int[] {TOKENIZER.start(), last('a'), TOKENIZER.end()},
        TOKENIZER.tokens("<|StartOfText|>a<|endoftext|>"));
  }

  @Test
  void longTextsAreCutAndEnd() {
    int a = last('a');
    assertArrayEquals(
        new int[] {TOKENIZER.start(), a, a, TOKENIZER.end()}, TOKENIZER.sequence("a a", 4));
    assertArrayEquals(
        new int[] {TOKENIZER.start(), a, a, TOKENIZER.end()}, TOKENIZER.sequence("a a b c", 4));
    assertArrayEquals(
        new int[] {TOKENIZER.start(), TOKENIZER.end()}, TOKENIZER.sequence("a a b c", 2));
  }

  @ParameterizedTest
  @ValueSource(strings = {"l", "l o w", "l  o", "xy z", ""})
  void refusesWhatIsNoPair(String merge) {
    assertThrows(IllegalArgumentException.class, () -> new ClipTokenizer(List.of("l o", merge)));
  }
}
