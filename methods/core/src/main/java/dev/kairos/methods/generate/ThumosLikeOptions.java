// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.generate;

/**
 * The size and difficulty of an artificial data set.
 *
 * @param seed everything random comes from it
 * @param classes number of action classes, 2 to 100
 * @param trainRecordings recordings in subset {@code train}, at least 1
 * @param testRecordings recordings in subset {@code test}, at least 1
 * @param minLength fewest snippets in a recording, at least 20
 * @param maxLength most snippets in a recording
 * @param rgbWidth values per snippet of stream {@code rgb}, at least 8
 * @param flowWidth values per snippet of stream {@code flow}, at least 8
 * @param noise standard deviation of what is added to every value; a class shows with values
 *     between 1 and 2
 * @param variation how much an action looks different from one recording to the next, 0 to 1
 */
public record ThumosLikeOptions(
    long seed,
    int classes,
    int trainRecordings,
    int testRecordings,
    int minLength,
    int maxLength,
    int rgbWidth,
    int flowWidth,
    double noise,
    double variation) {
  /** Checks every value against the range given above. */
  public ThumosLikeOptions {
    require("classes", classes, 2, 100);
    require("trainRecordings", trainRecordings, 1, 100_000);
    require("testRecordings", testRecordings, 1, 100_000);
    require("minLength", minLength, 20, 100_000);
    require("maxLength", maxLength, minLength, 100_000);
    require("rgbWidth", rgbWidth, 8, 65_536);
    require("flowWidth", flowWidth, 8, 65_536);
    if (!(noise >= 0 && noise <= 100)) {
      throw new IllegalArgumentException("noise must be between 0 and 100: " + noise);
    }
    if (!(variation >= 0 && variation <= 1)) {
      throw new IllegalArgumentException("variation must be between 0 and 1: " + variation);
    }
  }

  private static void require(String name, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          name + " must be between " + least + " and " + most + ": " + value);
    }
  }

  /** Ten classes, 60 recordings to train on and 30 to test: a few megabytes. */
  public static ThumosLikeOptions demo() {
    return new ThumosLikeOptions(1, 10, 60, 30, 60, 200, 48, 48, 1.0, 0.5);
  }

  /** Five classes and short recordings, for a first look within seconds. */
  public static ThumosLikeOptions quick() {
    return new ThumosLikeOptions(1, 5, 30, 15, 40, 100, 32, 32, 0.7, 0.4);
  }

  /** The same options with another seed. */
  public ThumosLikeOptions withSeed(long newSeed) {
    return new ThumosLikeOptions(
        newSeed,
        classes,
        trainRecordings,
        testRecordings,
        minLength,
        maxLength,
        rgbWidth,
        flowWidth,
        noise,
        variation);
  }
}
