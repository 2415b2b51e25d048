// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.run;

import dev.kairos.methods.data.Fingerprint;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The provenance of a result: configuration, data, seed, versions and machine. Running again from
 * it, with the same backend and platform, gives the same numbers.
 *
 * @param config the whole configuration as TOML, defaults included
 * @param configSha256 SHA-256 of its UTF-8 bytes, hexadecimal
 * @param features feature file or stream to its fingerprint, sorted by name
 * @param points where point labels came from; empty where there were none, and in files of before
 *     this was noted
 * @param seed what all random numbers came from
 * @param commit Git commit of the sources, null when they lie in no repository
 * @param version Kairos' version
 * @param java Java's version
 * @param javaVendor who made it
 * @param os operating system and its version
 * @param arch processor architecture
 * @param backend the backend that computed, for example {@code cpu-simd}
 * @param arithmetic whose bits it computes: {@code reference}, {@code scalar} or {@code vector};
 *     empty in files of before this was noted
 * @param continuedWith whose bits it computed after stops, in order, each time they were others
 *     than before; empty where one arithmetic did all
 * @param lanes floats it computes at once, 1 for scalar code
 * @param threads threads it used
 * @param start when the work began
 * @param end when it ended, null while it goes on
 */
public record Provenance(
    String config,
    String configSha256,
    Map<String, String> features,
    String points,
    long seed,
    @Nullable String commit,
    String version,
    String java,
    String javaVendor,
    String os,
    String arch,
    String backend,
    String arithmetic,
    List<String> continuedWith,
    int lanes,
    int threads,
    Instant start,
    @Nullable Instant end) {

  /** The version of Kairos these classes are. */
  public static final String KAIROS_VERSION = "0.1.0";

  /** Sorts the fingerprints by name and keeps them from change. */
  public Provenance {
    features = Collections.unmodifiableMap(new TreeMap<>(features));
    continuedWith = List.copyOf(continuedWith);
  }

  /**
   * The origin of work that begins here and now, on this JVM and platform.
   *
   * @param config the whole configuration as TOML
   * @param features feature file or stream to its fingerprint
   * @param points where point labels come from, empty where there are none
   * @param seed what all random numbers come from
   * @param sources a folder inside the repository of the sources, null when there is none
   * @param backend the backend that computes
   * @param arithmetic whose bits it computes
   * @param lanes floats it computes at once
   * @param threads threads it uses
   * @param start when the work begins
   */
  public static Provenance of(
      String config,
      Map<String, String> features,
      String points,
      long seed,
      @Nullable Path sources,
      String backend,
      String arithmetic,
      int lanes,
      int threads,
      Instant start) {
    return new Provenance(
        config,
        Fingerprint.of(config),
        features,
        points,
        seed,
        commit(sources),
        KAIROS_VERSION,
        System.getProperty("java.version", "unknown"),
        System.getProperty("java.vendor", "unknown"),
        System.getProperty("os.name", "unknown") + " " + System.getProperty("os.version", ""),
        System.getProperty("os.arch", "unknown"),
        backend,
        arithmetic,
        List.of(),
        lanes,
        threads,
        start,
        null);
  }

  /** The commit of the repository that holds a folder; null where there is none. */
  public static @Nullable String commit(@Nullable Path sources) {
    return sources == null ? null : GitCommit.of(sources).orElse(null);
  }

  /** The same when the work goes on; itself where the same loops compute as last. */
  public Provenance goingOnWith(String loops) {
    String last =
        continuedWith.isEmpty() ? arithmetic : continuedWith.get(continuedWith.size() - 1);
    if (last.isEmpty() || last.equals(loops)) {
      return this;
    }
    List<String> all = new ArrayList<>(continuedWith);
    all.add(loops);
    return with(all, end);
  }

  /** The same when the work is done. */
  public Provenance ended(Instant when) {
    return with(continuedWith, when);
  }

  private Provenance with(List<String> loops, @Nullable Instant when) {
    return new Provenance(
        config,
        configSha256,
        features,
        points,
        seed,
        commit,
        version,
        java,
        javaVendor,
        os,
        arch,
        backend,
        arithmetic,
        loops,
        lanes,
        threads,
        start,
        when);
  }

  /** All but the configuration's text and the single fingerprints, in words, for people. */
  public Map<String, String> summary() {
    Map<String, String> lines = new LinkedHashMap<>();
    lines.put("Kairos", version);
    if (commit != null) {
      lines.put("commit", commit);
    }
    lines.put("configuration", "SHA-256 " + configSha256);
    lines.put("seed", Long.toString(seed));
    if (!points.isEmpty()) {
      lines.put("points", points);
    }
    lines.put("backend", backend + loops() + ", " + lanes + " lanes, " + threads + " threads");
    if (!continuedWith.isEmpty()) {
      lines.put("went on with", String.join(", then ", continuedWith) + " loops");
    }
    lines.put("Java", java + ", " + javaVendor);
    lines.put("platform", os.strip() + ", " + arch);
    lines.put("features", features.size() + " fingerprints");
    lines.put("started", start.toString());
    if (end != null) {
      lines.put("ended", end.toString());
    }
    return lines;
  }

  private String loops() {
    return arithmetic.isEmpty() ? "" : ", " + arithmetic + " loops";
  }

  /** All of it as one JSON object, on several lines. */
  public String toJson() {
    return ProvenanceJson.write(this);
  }

  /**
   * Reads what {@link #toJson()} wrote.
   *
   * @param file where the text came from, for messages
   * @throws dev.kairos.tensor.io.DataFormatException if it is something else
   */
  public static Provenance fromJson(Path file, String json) {
    return ProvenanceJson.read(file, json);
  }
}
