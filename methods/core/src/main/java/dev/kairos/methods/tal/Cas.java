// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.tal;

import java.util.Arrays;

/**
 * A class activation sequence {@code [T,K]}: for each snippet a finite score of each channel.
 * Channels 0..C-1 are the classes; where there is a background channel it is the last. Immutable.
 */
public final class Cas {
  private final double[] values;
  private final int snippets;
  private final int channels;

  private Cas(double[] values, int snippets, int channels) {
    this.values = values;
    this.snippets = snippets;
    this.channels = channels;
  }

  /**
   * Copies scores.
   *
   * @param values {@code [T,K]}, the channels of a snippet beside each other
   * @param snippets T, at least 1
   * @param channels K, at least 1
   * @throws IllegalArgumentException if sizes disagree
   * @throws NonFiniteScoresException if a score is not finite
   */
  public static Cas of(double[] values, int snippets, int channels) {
    return checked(values.clone(), snippets, channels);
  }

  /** The same from single precision. */
  public static Cas of(float[] values, int snippets, int channels) {
    double[] copy = new double[values.length];
    for (int i = 0; i < copy.length; i++) {
      copy[i] = values[i];
    }
    return checked(copy, snippets, channels);
  }

  /** The same from a row for each snippet. */
  public static Cas of(double[][] rows) {
    int channels = rows.length == 0 ? 0 : rows[0].length;
    double[] copy = new double[rows.length * channels];
    for (int t = 0; t < rows.length; t++) {
      if (rows[t].length != channels) {
        throw new IllegalArgumentException(
            "cas: row " + t + " must have " + channels + " channels: " + rows[t].length);
      }
      System.arraycopy(rows[t], 0, copy, t * channels, channels);
    }
    return checked(copy, rows.length, channels);
  }

  private static Cas checked(double[] values, int snippets, int channels) {
    if (snippets < 1 || channels < 1 || (long) snippets * channels != values.length) {
      throw new IllegalArgumentException(
          "cas: sizes must be positive and match the values: ["
              + (snippets + ", " + channels + "] (T,K), " + values.length + " values"));
    }
    for (int i = 0; i < values.length; i++) {
      if (!Double.isFinite(values[i])) {
        throw new NonFiniteScoresException(i / channels, i % channels, values[i]);
      }
    }
    return new Cas(values, snippets, channels);
  }

  /** T. */
  public int snippets() {
    return snippets;
  }

  /** K. */
  public int channels() {
    return channels;
  }

  /** The score of one channel at one snippet. */
  public double at(int snippet, int channel) {
    return values[snippet * channels + checkedChannel(channel)];
  }

  /** One channel over time, {@code [T]}, a copy. */
  public double[] channel(int channel) {
    checkedChannel(channel);
    double[] series = new double[snippets];
    for (int t = 0; t < snippets; t++) {
      series[t] = values[t * channels + channel];
    }
    return series;
  }

  /** All scores, {@code [T,K]}, a copy. */
  public double[] values() {
    return values.clone();
  }

  private int checkedChannel(int channel) {
    if (channel < 0 || channel >= channels) {
      throw new IllegalArgumentException(
          "cas: channel must be in [0, " + channels + "): " + channel);
    }
    return channel;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Cas cas
        && snippets == cas.snippets
        && channels == cas.channels
        && Arrays.equals(values, cas.values);
  }

  @Override
  public int hashCode() {
    return 31 * snippets + Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return "Cas[" + snippets + ", " + channels + "]";
  }
}
