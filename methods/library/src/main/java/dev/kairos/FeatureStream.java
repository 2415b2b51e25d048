// SPDX-License-Identifier: Apache-2.0
package dev.kairos;

/**
 * One source of features, such as {@code rgb}: so many values of it stand for a snippet.
 *
 * @param name its name
 * @param width values per snippet D, at least 1
 * @since 0.1.0
 */
public record FeatureStream(String name, int width) {
  /** Checks the width. */
  public FeatureStream {
    var unused = new dev.kairos.methods.data.FeatureStream(name, width);
  }

  dev.kairos.methods.data.FeatureStream inside() {
    return new dev.kairos.methods.data.FeatureStream(name, width);
  }

  static FeatureStream of(dev.kairos.methods.data.FeatureStream stream) {
    return new FeatureStream(stream.name(), stream.width());
  }
}
