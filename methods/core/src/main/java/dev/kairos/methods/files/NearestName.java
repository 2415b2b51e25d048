// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.files;

import java.util.Collection;
import java.util.Optional;

/**
 * Finds the known name that is nearest to a misspelt one: the one with the fewest edits, if few
 * enough. What it costs is bounded, as names and their number come from files: nobody mistypes a
 * name of hundreds of characters, and of many thousands of names only the first thousand is looked
 * at.
 */
public final class NearestName {
  private static final int LONGEST = 64;
  private static final int MOST = 1000;

  private NearestName() {}

  /**
   * The known name nearest to a given one by edit distance, a swap of neighbours being one edit,
   * upper and lower case counting as the same.
   *
   * @param name what was written
   * @param known what could have been meant
   * @return the first of the nearest, empty when none is within a third of the longer name's length
   */
  public static Optional<String> among(String name, Collection<String> known) {
    if (name.length() > LONGEST) {
      return Optional.empty();
    }
    String wanted = canonical(name);
    Optional<String> nearest = Optional.empty();
    int fewest = Integer.MAX_VALUE;
    int looked = 0;
    for (String candidate : known) {
      if (looked++ == MOST || fewest == 0) {
        break;
      }
      int longer = Math.max(name.length(), candidate.length());
      int most = Math.min(Math.max(1, longer / 3), fewest - 1);
      if (longer <= LONGEST && Math.abs(name.length() - candidate.length()) <= most) {
        int edits = distance(wanted, canonical(candidate), most);
        if (edits <= most) {
          fewest = edits;
          nearest = Optional.of(candidate);
        }
      }
    }
    return nearest;
  }

  /** Advice for a message: {@code did you mean 'x'?}, or the fallback when nothing is near. */
  public static String advice(String name, Collection<String> known, String otherwise) {
    return among(name, known).map(near -> "did you mean '" + near + "'?").orElse(otherwise);
  }

  private static String canonical(String name) {
    StringBuilder text = new StringBuilder();
    name.chars()
        .map(c -> c == '-' || c == ' ' ? '_' : Character.toLowerCase(c))
        .forEach(c -> text.append((char) c));
    return text.toString();
  }

  /**
   * Insertions, deletions, substitutions and swaps of neighbours (optimal string alignment).
   *
   * @param most beyond it the number does not matter: any larger one may be returned
   */
  private static int distance(String a, String b, int most) {
    int[][] edits = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        edits[i][j] = i == 0 || j == 0 ? i + j : fewest(edits, a, b, i, j);
      }
      if (i > 0 && least(edits[i]) > most && least(edits[i - 1]) > most) {
        return most + 1; // a swap looks two rows back, and no further
      }
    }
    return edits[a.length()][b.length()];
  }

  private static int least(int[] row) {
    int least = row[0];
    for (int value : row) {
      least = Math.min(least, value);
    }
    return least;
  }

  private static int fewest(int[][] edits, String a, String b, int i, int j) {
    int substituted = edits[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
    int least = Math.min(substituted, 1 + Math.min(edits[i - 1][j], edits[i][j - 1]));
    boolean swapped =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return swapped ? Math.min(least, edits[i - 2][j - 2] + 1) : least;
  }
}
