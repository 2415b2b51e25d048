// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.plain;

import dev.kairos.methods.data.SnippetSampling;
import dev.kairos.methods.training.TrainingData.Point;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Which snippets of a recording are looked at: all of one that has at most S, else S of them, one
 * from each of S equal stretches.
 */
final class SampledRecording {
  private final int[] snippets;
  private final int[] first;

  private SampledRecording(int[] snippets, int[] first) {
    this.snippets = snippets;
    this.first = first;
  }

  /** The same snippets each time, for localising. */
  static SampledRecording uniform(int most, int length) {
    int[] first = SnippetSampling.uniform(Math.min(most, length), length);
    return new SampledRecording(first.clone(), first);
  }

  /** A random one from each stretch, but a marked one where there is a mark. */
  static SampledRecording random(int most, int length, List<Point> points, RandomGenerator random) {
    int samples = Math.min(most, length);
    int[] first = SnippetSampling.uniform(samples, length);
    SampledRecording sampled =
        new SampledRecording(SnippetSampling.random(samples, length, random), first);
    points.forEach(p -> sampled.snippets[sampled.place(p.snippet())] = p.snippet());
    return sampled;
  }

  /** The sampled snippets in order. */
  int[] snippets() {
    return snippets.clone();
  }

  /** The place of the stretch that a snippet of the recording lies in. */
  int place(int snippet) {
    int found = Arrays.binarySearch(first, snippet);
    return found >= 0 ? found : -found - 2;
  }

  /** Marks of the recording as marks of what was sampled. */
  List<Point> places(List<Point> points) {
    List<Point> places = new ArrayList<>();
    points.forEach(p -> places.add(new Point(place(p.snippet()), p.label())));
    return places;
  }
}
