// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.apn.text;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * CLIP's tokeniser: cuts a text into words, and words by byte-pair encoding (Sennrich, Haddow,
 * Birch 2016) into the tokens that the text tower knows by number.
 *
 * <p>Tokens 0 to 255 are the bytes, with those that print first; the next 256 the same at the end
 * of a word; then one for each merge; the last two begin and end a text. Broken Unicode is not
 * repaired, which the published one leaves to a library.
 */
final class ClipTokenizer {
  private static final int BYTES = 256;
  private static final String END_OF_WORD = "</w>";
  private static final String START = "<|startoftext|>";
  private static final String END = "<|endoftext|>";
  private static final Pattern SPACES =
      Pattern.compile("\\s+", Pattern.UNICODE_CHARACTER_CLASS); // without the flag, ASCII alone
  private static final Pattern PIECE =
      Pattern.compile(
          "<\\|startoftext\\|>|<\\|endoftext\\|>|'s|'t|'re|'ve|'m|'ll|'d"
              + "|\\p{L}+|\\p{N}|[^\\s\\p{L}\\p{N}]+",
          Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.UNICODE_CHARACTER_CLASS);

  /** Bytes in the order of their tokens: those that print as one character, then the others. */
  private static final int[] ALPHABET = alphabet();

  private static final int PRINTING =
      (int) Arrays.stream(ALPHABET).filter(ClipTokenizer::prints).count();

  /** The token of each byte. */
  private static final int[] TOKEN_OF_BYTE = inverse(ALPHABET);

  private final Map<Long, Integer> ranks = new HashMap<>(); // of two adjacent tokens
  private final int[] merged; // by rank: the token that the two become
  private final int start;

  /**
   * A tokeniser.
   *
   * @param merges two symbols with a space between them each, in order of rank
   * @throws IllegalArgumentException for a merge of symbols that nothing before it makes
   */
  ClipTokenizer(List<String> merges) {
    Map<String, Integer> tokens = new HashMap<>();
    for (int i = 0; i < BYTES; i++) {
      tokens.put(symbol(i), i);
      tokens.put(symbol(i) + END_OF_WORD, BYTES + i);
    }
    int first = tokens.size();
    for (int rank = 0; rank < merges.size(); rank++) {
      tokens.put(merges.get(rank).replace(" ", ""), first + rank); // the last of equal ones counts
    }
    this.merged = new int[merges.size()];
    for (int rank = 0; rank < merges.size(); rank++) {
      String merge = merges.get(rank);
      String[] pair = merge.split(" ", -1);
      Integer left = tokens.get(pair[0]);
      Integer right = tokens.get(pair[pair.length - 1]);
      Integer both = tokens.get(merge.replace(" ", ""));
      if (pair.length != 2 || left == null || right == null || both == null) {
        throw new IllegalArgumentException("tokeniser: merge " + rank + " is no pair of symbols");
      }
      ranks.put(key(left, right), rank);
      merged[rank] = both;
    }
    this.start = first + merges.size();
  }

  /** How many tokens there are. */
  int size() {
    return start + 2;
  }

  /** The token that begins a text. */
  int start() {
    return start;
  }

  /** The token that ends a text, the largest number of all. */
  int end() {
    return start + 1;
  }

  /**
   * The tokens of a text between start and end, filled up with zeros, as the tower takes it.
   *
   * @param context how many there are in all, at least 2; a longer text is cut, and its last token
   *     is the end
   */
  int[] sequence(String text, int context) {
    int[] tokens = tokens(text);
    int[] sequence = new int[context];
    int kept = Math.min(tokens.length, context - 2);
    sequence[0] = start;
    System.arraycopy(tokens, 0, sequence, 1, kept);
    sequence[kept + 1] = end();
    return sequence;
  }

  /** The tokens of a text alone. */
  int[] tokens(String text) {
    List<int[]> pieces = new ArrayList<>();
    for (Matcher piece = PIECE.matcher(clean(text)); piece.find(); ) {
      pieces.add(tokensOfPiece(piece.group()));
    }
    return pieces.stream().flatMapToInt(Arrays::stream).toArray();
  }

  private static String clean(String text) {
    String plain = HtmlEntities.decode(HtmlEntities.decode(text)); // some pages encode twice
    return SPACES.matcher(plain).replaceAll(" ").strip().toLowerCase(Locale.ROOT);
  }

  private int[] tokensOfPiece(String piece) {
    if (piece.equals(START)) {
      return new int[] {start};
    }
    if (piece.equals(END)) {
      return new int[] {end()};
    }
    byte[] bytes = piece.getBytes(StandardCharsets.UTF_8);
    int[] tokens = new int[bytes.length];
    for (int i = 0; i < tokens.length; i++) {
      tokens[i] = TOKEN_OF_BYTE[bytes[i] & 0xff];
    }
    tokens[tokens.length - 1] += BYTES;
    int[] next = merge(tokens);
    while (next.length < tokens.length) {
      tokens = next;
      next = merge(tokens);
    }
    return tokens;
  }

  /** Merges all occurrences of the pair of lowest rank; the same tokens where no pair has one. */
  private int[] merge(int[] tokens) {
    int lowest = Integer.MAX_VALUE;
    for (int i = 0; i + 1 < tokens.length; i++) {
      lowest = Math.min(lowest, rank(tokens[i], tokens[i + 1]));
    }
    if (lowest == Integer.MAX_VALUE) {
      return tokens;
    }
    int[] shorter = new int[tokens.length];
    int count = 0;
    for (int i = 0; i < tokens.length; i++) {
      if (i + 1 < tokens.length && rank(tokens[i], tokens[i + 1]) == lowest) {
        shorter[count++] = merged[lowest];
        i++;
      } else {
        shorter[count++] = tokens[i];
      }
    }
    return Arrays.copyOf(shorter, count);
  }

  private int rank(int left, int right) {
    return ranks.getOrDefault(key(left, right), Integer.MAX_VALUE);
  }

  private static long key(int left, int right) {
    return (long) left << Integer.SIZE | right;
  }

  /** How the file of merges writes a token of one byte. */
  private static String symbol(int token) {
    int value = ALPHABET[token];
    return Character.toString(prints(value) ? value : BYTES + token - PRINTING);
  }

  private static boolean prints(int value) {
    return (value >= '!' && value <= '~')
        || (value >= 0xa1 && value <= 0xac)
        || (value >= 0xae && value <= 0xff);
  }

  private static int[] alphabet() {
    int[] bytes = new int[BYTES];
    int count = 0;
    for (boolean printing : new boolean[] {true, false}) {
      for (int value = 0; value < BYTES; value++) {
        if (prints(value) == printing) {
          bytes[count++] = value;
        }
      }
    }
    return bytes;
  }

  private static int[] inverse(int[] permutation) {
    int[] inverse = new int[permutation.length];
    for (int i = 0; i < inverse.length; i++) {
      inverse[permutation[i]] = i;
    }
    return inverse;
  }
}
