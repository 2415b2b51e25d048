// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli;

import dev.kairos.methods.data.Crops;
import dev.kairos.methods.data.FeatureLayout;
import dev.kairos.methods.layouts.ImportOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What the user says of a folder that is imported. */
final class ForeignOptions {
  @Option(names = "--name", paramLabel = "NAME", description = "Name of the data set.")
  private @Nullable String name;

  @Option(names = "--annotations", paramLabel = "FILE", description = "The annotations, JSON.")
  private @Nullable Path annotations;

  @Option(names = "--features", paramLabel = "DIR", description = "The folder of the features.")
  private @Nullable Path features;

  @Option(
      names = "--prefix",
      paramLabel = "TEXT",
      description = "What names of feature files have before the id, such as v_.")
  private @Nullable String prefix;

  @Option(
      names = "--suffix",
      paramLabel = "TEXT",
      description = "What they have behind the id and before the ending, such as _i3d.")
  private @Nullable String suffix;

  @Option(
      names = "--streams",
      split = ",",
      paramLabel = "NAME",
      description = "Streams in order: their folders, or names for equal parts of a joint file.")
  private List<String> streams = new ArrayList<>();

  @Option(
      names = "--points",
      split = ",",
      paramLabel = "FILE",
      description = "Tables of points; several are of several annotators.")
  private List<Path> points = new ArrayList<>();

  @Option(
      names = "--points-fps",
      paramLabel = "X",
      description = "Frames per second in which tables count points.")
  private @Nullable Double pointsFps;

  @Option(names = "--classes", paramLabel = "FILE", description = "Class names, one a line.")
  private @Nullable Path classes;

  @Option(
      names = "--ignore-class",
      paramLabel = "LABEL",
      description = "Pass over annotations of this label. Repeatable.")
  private List<String> ignored = new ArrayList<>();

  @Option(
      names = "--fps",
      paramLabel = "X",
      description = "Frames per second of what the features were computed from.")
  private @Nullable Double fps;

  @Option(names = "--stride", paramLabel = "N", description = "Frames from row to row.")
  private @Nullable Double stride;

  @Option(
      names = "--window",
      paramLabel = "N",
      description = "Frames that a row was computed from.")
  private @Nullable Double window;

  @Option(names = "--offset", paramLabel = "N", description = "Frames before the first window.")
  private @Nullable Double offset;

  @Option(
      names = "--snippet-seconds",
      paramLabel = "X",
      description = "Seconds from row to row, instead of --fps and --stride.")
  private @Nullable Double seconds;

  @Option(
      names = "--stretched",
      description = "The rows of a recording divide its duration, whatever their number.")
  private boolean stretched;

  @Option(
      names = "--key",
      paramLabel = "NAME",
      description = "The array to take from files that hold several.")
  private String key = "";

  @Option(names = "--transposed", description = "Files are [D, T], a column for each snippet.")
  private boolean transposed;

  @Option(
      names = "--crops",
      paramLabel = "mean|N",
      description = "Of several crops of a snippet, the mean or number N from 0.")
  private @Nullable String crops;

  @Option(names = "--skip-missing", description = "Leave out recordings without features.")
  private boolean skipMissing;

  ImportOptions options() {
    checkTime();
    FeatureLayout plain = FeatureLayout.PLAIN.withCrops(crops());
    return new ImportOptions(
        name,
        annotations,
        features,
        prefix,
        suffix,
        streams,
        points,
        positive("--points-fps", pointsFps),
        classes,
        ignored,
        new ImportOptions.Time(
            positive("--fps", fps),
            positive("--stride", stride),
            positive("--window", window),
            offset,
            positive("--snippet-seconds", seconds),
            stretched),
        key,
        transposed ? plain.withTransposed() : plain,
        skipMissing);
  }

  private void checkTime() {
    boolean frames = fps != null || stride != null;
    if ((frames ? 1 : 0) + (seconds != null ? 1 : 0) + (stretched ? 1 : 0) > 1) {
      throw new UsageException(
          "--fps and --stride, --snippet-seconds, and --stretched do not go together",
          "keep one of the three");
    }
    if (stretched && (window != null || offset != null)) {
      throw new UsageException(
          "--window and --offset mean nothing with --stretched", "leave them out");
    }
  }

  private static @Nullable Double positive(String option, @Nullable Double value) {
    if (value != null && !(value > 0 && Double.isFinite(value))) {
      throw new UsageException(option + " must be positive: " + value, "give a number over 0");
    }
    return value;
  }

  private Crops crops() {
    String said = crops;
    if (said == null) {
      return Crops.NONE;
    }
    if (said.equals("mean")) {
      return Crops.MEAN;
    }
    if (said.matches("\\d{1,4}")) {
      return Crops.only(Integer.parseInt(said));
    }
    throw new UsageException("--crops " + said + " is neither mean nor a number", "--crops mean");
  }
}
