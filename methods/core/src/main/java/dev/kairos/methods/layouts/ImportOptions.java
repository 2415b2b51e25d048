// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.layouts;

import dev.kairos.methods.data.FeatureLayout;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What somebody says of a folder that is imported. Whatever is left out is taken from the folder or
 * from what its layout usually means, and said.
 *
 * @param name of the data set, or null for that of the folder
 * @param annotations the file of annotations, or null to look for it
 * @param features the folder of features, or null to look through the whole folder
 * @param prefix of the feature files' names before the id, or null to try the usual ones
 * @param suffix of their names behind the id and before the ending, or null to try the usual ones
 * @param streams the streams in order: their folders' names, or names for the parts of a joint
 *     file; empty for the usual ones
 * @param points files of point labels, one for each annotator; empty to look for one
 * @param pointsFps in which points count frames, or null for what the folder says
 * @param classes a file of class names, one a line, or null to look for it
 * @param ignored labels that are passed over
 * @param time how rows lie in time
 * @param key name of the array in files that hold several; empty for the usual names
 * @param layout how arrays become features
 * @param skipMissing whether recordings without features are left out
 */
public record ImportOptions(
    @Nullable String name,
    @Nullable Path annotations,
    @Nullable Path features,
    @Nullable String prefix,
    @Nullable String suffix,
    List<String> streams,
    List<Path> points,
    @Nullable Double pointsFps,
    @Nullable Path classes,
    List<String> ignored,
    Time time,
    String key,
    FeatureLayout layout,
    boolean skipMissing) {
  /** Nothing said. */
  public static final ImportOptions NONE =
      new ImportOptions(
          null,
          null,
          null,
          null,
          null,
          List.of(),
          List.of(),
          null,
          null,
          List.of(),
          Time.UNKNOWN,
          "",
          FeatureLayout.PLAIN,
          false);

  /** Copies the lists. */
  public ImportOptions {
    streams = List.copyOf(streams);
    points = List.copyOf(points);
    ignored = List.copyOf(ignored);
  }

  /**
   * How rows lie in time, as far as it is said.
   *
   * @param fps frames per second of what the features were computed from
   * @param stride frames from one row to the next
   * @param window frames a row was computed from
   * @param offset frames before the first window
   * @param seconds from one row to the next, instead of fps and stride
   * @param stretched whether the rows of a recording divide its duration
   */
  public record Time(
      @Nullable Double fps,
      @Nullable Double stride,
      @Nullable Double window,
      @Nullable Double offset,
      @Nullable Double seconds,
      boolean stretched) {
    /** Nothing said. */
    public static final Time UNKNOWN = new Time(null, null, null, null, null, false);
  }

  /** The name of the data set that is imported from a folder. */
  String nameOr(Path from) {
    String given = name;
    Path last = from.toAbsolutePath().normalize().getFileName();
    return given != null ? given : last == null ? "imported" : last.toString();
  }
}
