// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.files;

/** Numbers of things in words: {@code 1 recording}, {@code 2 recordings}, {@code 3 classes}. */
public final class Plural {
  private Plural() {}

  /**
   * A number and its noun.
   *
   * @param thing one of them, for example {@code class}
   */
  public static String of(long number, String thing) {
    return number + " " + (number == 1 ? thing : many(thing));
  }

  private static String many(String thing) {
    if (thing.endsWith("s")
        || thing.endsWith("x")
        || thing.endsWith("sh")
        || thing.endsWith("ch")) {
      return thing + "es";
    }
    int last = thing.length() - 1;
    boolean consonantAndY =
        last > 0 && thing.charAt(last) == 'y' && "aeiou".indexOf(thing.charAt(last - 1)) < 0;
    return consonantAndY ? thing.substring(0, last) + "ies" : thing + "s";
  }
}
