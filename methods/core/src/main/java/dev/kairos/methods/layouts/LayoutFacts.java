// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.layouts;

import java.util.List;

/**
 * What a layout with a JSON file of annotations usually means.
 *
 * @param name of the layout
 * @param about what lies in such a folder, in one line
 * @param annotations names of the file of annotations, the likeliest first; empty for any JSON file
 *     that has a {@code database}
 * @param fps frames per second of what the features were computed from; 0 for those of each
 *     recording
 * @param stride frames from one row to the next; 0 where that is told from durations
 * @param window frames that a row was computed from; 0 for the stride
 */
record LayoutFacts(
    String name, String about, List<String> annotations, double fps, int stride, int window) {
  /** The rate to which THUMOS14 is resampled before its I3D features are computed. */
  static final double THUMOS_FPS = 25;

  static final LayoutFacts LACP =
      new LayoutFacts(
          "lacp",
          "features/{train,test}/{rgb,flow}/ID.npy, gt.json, split_*.txt, points in frames",
          List.of("gt.json"),
          THUMOS_FPS,
          16,
          16);
  static final LayoutFacts HRPRO =
      new LayoutFacts(
          "hrpro",
          "features/{train,test}/ID.npy of both streams, gt_full.json, split_*.txt, points in frames",
          List.of("gt_full.json", "gt.json", "groundtruth.json"),
          0,
          16,
          16);
  static final LayoutFacts OPENTAD =
      new LayoutFacts(
          "opentad",
          "an ActivityNet JSON with subsets, category_idx.txt, one folder of features, a block list",
          List.of(),
          0,
          0,
          16);
  static final LayoutFacts ACTIONFORMER =
      new LayoutFacts(
          "actionformer",
          "annotations/*.json with the fps of each recording, one folder of features",
          List.of(),
          0,
          0,
          16);
  static final LayoutFacts GENERIC =
      new LayoutFacts(
          "generic",
          "an ActivityNet JSON and feature files named after the recordings, anywhere below",
          List.of(),
          0,
          0,
          0);
}
