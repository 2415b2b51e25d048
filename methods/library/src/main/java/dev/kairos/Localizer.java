// SPDX-License-Identifier: Apache-2.0
package dev.kairos;

import dev.kairos.methods.data.FeatureSequence;
import dev.kairos.methods.pipeline.TrainedRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A trained run that finds actions. Its folder is read once, when it is opened; nothing is printed
 * or written. Any number of threads may ask at once, and each gets the bits that one alone would
 * get: all read the same weights, and scratch memory is pooled.
 *
 * @since 0.1.0
 */
public final class Localizer implements AutoCloseable {
  private final TrainedRun run;

  private Localizer(TrainedRun run) {
    this.run = run;
  }

  /**
   * Opens a run that {@code kairos train} or a {@link Trainer} made. As many recordings are worked
   * on at once as there are processors; who asks beyond that waits.
   *
   * @throws dev.kairos.kernels.KairosException if it is no run folder, or nothing is trained yet
   * @throws IOException if it cannot be read
   */
  public static Localizer open(Path run) throws IOException {
    return new Localizer(TrainedRun.open(run));
  }

  /**
   * The same with another number of recordings at once.
   *
   * @param concurrency at least 1; scratch memory grows with it
   */
  public static Localizer open(Path run, int concurrency) throws IOException {
    return new Localizer(TrainedRun.open(run, new TrainedRun.Options("cpu", concurrency, null)));
  }

  /** The names of the classes it knows. */
  public List<String> classes() {
    return run.data().classes();
  }

  /** The streams it was trained on, in the order in which it wants their features. */
  public List<FeatureStream> streams() {
    return run.data().streams().stream().map(FeatureStream::of).toList();
  }

  /** Seconds from one snippet to the next; NaN where recordings are stretched to a number. */
  public double secondsPerSnippet() {
    return run.data().secondsPerSnippet();
  }

  /**
   * Finds the actions of a recording.
   *
   * @param streams its features, for each stream a row per snippet {@code [T, D]}; or all streams
   *     side by side in one matrix
   * @return by class and descending score, in seconds
   * @throws IllegalArgumentException if they do not fit the streams of the run, are empty, or hold
   *     NaN or infinity; the message names row and column
   * @throws IllegalStateException if the localizer was closed
   */
  public Detections localize(float[][]... streams) {
    return Detections.of(run.localize(streams));
  }

  /**
   * Finds the actions of a recording of which more is known: detections end with its duration, and
   * a run on features that were stretched to a fixed number needs it.
   */
  public Detections localize(Recording recording, float[][]... streams) {
    return Detections.of(
        run.localize(FeatureSequence.of(streams), recording.inside()).detections());
  }

  /** Gives the memory back; what is worked on is finished first by its thread. */
  @Override
  public void close() {
    run.close();
  }
}
