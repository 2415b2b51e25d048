// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.data;

import dev.kairos.methods.files.Plural;
import dev.kairos.tensor.io.AtomicFiles;
import dev.kairos.tensor.io.DataFormatException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The point labels of a data folder while somebody sets them. Every change is in {@code points.csv}
 * before the call that made it returns, the whole file or none of it; lines that are not touched
 * stay as they are.
 *
 * <p>One editor has a folder at a time. What other programs write into the file meanwhile is taken
 * over before each change; points set here that are missing then are put back, and the listener is
 * told. For any number of threads.
 */
public final class PointEditor implements Closeable {
  private final Path file;
  private final Map<String, Recording> known;
  private final List<String> classes;
  private final String annotator; // whose points are edited where lines say who; empty for all
  private final PointLock lock;
  private final Consumer<String> listener;
  private final List<PointLines.Entry> own = new ArrayList<>(); // set here and not removed again
  private PointLines lines;
  private long revision;

  /**
   * What an editor holds.
   *
   * @param revision grows with every change
   * @param points by recording, in file order; recordings without one are absent
   */
  public record State(long revision, Map<String, List<PointLabel>> points) {}

  private PointEditor(
      Path file, Dataset dataset, PointLock lock, PointLines lines, Consumer<String> listener) {
    this.file = file;
    this.known =
        dataset.recordings().stream()
            .collect(java.util.stream.Collectors.toMap(Recording::id, recording -> recording));
    this.classes = dataset.description().classes();
    String rule = dataset.description().rules().annotator();
    this.annotator = lines.isBySeveral() && !rule.equals(AnnotationRules.ALL) ? rule : "";
    this.lock = lock;
    this.lines = lines;
    this.listener = listener;
  }

  /**
   * Begins to edit the points of a folder.
   *
   * @param dataset the folder as it was opened
   * @param listener told in one line whatever else happened to the file
   * @throws DataFormatException KDATA-142 if another editor has the folder
   * @throws IOException if the folder cannot be written to
   */
  public static PointEditor open(Path folder, Dataset dataset, Consumer<String> listener)
      throws IOException {
    Path file = folder.resolve(PointFile.FILE_NAME);
    if (Files.exists(file) && !Files.isWritable(file)) {
      throw new FileSystemException(file.toString(), null, "cannot be written to");
    }
    PointLock lock = PointLock.of(folder);
    try {
      return new PointEditor(file, dataset, lock, PointLines.read(file), listener);
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  /** The file that is edited. */
  public Path file() {
    return file;
  }

  /** All points as they are now. */
  public synchronized State state() {
    return new State(revision, lines.points(annotator));
  }

  /** The points of one recording as they are now. */
  public synchronized List<PointLabel> points(String id) {
    return lines.points(annotator).getOrDefault(id, List.of());
  }

  /**
   * Sets a point.
   *
   * @return whether it is new; the same class at the same moment is one point
   * @throws IllegalArgumentException if there is no such recording or class, or the moment lies
   *     behind the recording's end
   * @throws DataFormatException if the file was changed into something that cannot be read
   * @throws IOException if it cannot be written; it is as it was then
   */
  public synchronized boolean add(String id, PointLabel point) throws IOException {
    requireFits(id, point);
    refresh();
    PointLines.Entry entry = entry(id, point);
    if (lines.contains(entry)) {
      return false;
    }
    replace(lines.with(entry));
    own.add(entry);
    return true;
  }

  /**
   * Takes a point away.
   *
   * @return whether it was there
   * @throws DataFormatException if the file was changed into something that cannot be read
   * @throws IOException if it cannot be written; it is as it was then
   */
  public synchronized boolean remove(String id, PointLabel point) throws IOException {
    refresh();
    PointLines.Entry entry = entry(id, point);
    if (!lines.contains(entry)) {
      return false;
    }
    replace(lines.without(entry));
    own.remove(entry);
    return true;
  }

  private PointLines.Entry entry(String id, PointLabel point) {
    return new PointLines.Entry(id, new PointLabel(point.label(), point.seconds(), annotator));
  }

  private void requireFits(String id, PointLabel point) {
    Recording recording = known.get(id);
    if (recording == null) {
      throw new IllegalArgumentException("no recording '" + id + "'");
    }
    if (!classes.contains(point.label())) {
      throw new IllegalArgumentException("no class '" + point.label() + "'");
    }
    if (recording.hasDuration() && point.seconds() > recording.duration()) {
      throw new IllegalArgumentException(
          "%s s lies behind the end of the recording, %s s"
              .formatted(point.seconds(), recording.duration()));
    }
  }

  /**
   * Takes over what another program wrote.
   *
   * @throws DataFormatException if that cannot be read
   */
  public synchronized void refresh() throws IOException {
    if (!Files.exists(file)) {
      if (!lines.isEmpty()) {
        replace(lines);
        listener.accept(
            file + ": was gone; written again with " + Plural.of(lines.size(), "point"));
      }
      return;
    }
    PointLines found = PointLines.read(file);
    if (found.text().equals(lines.text())) {
      return;
    }
    PointFile.read(
        file,
        known,
        classes,
        annotator.isEmpty()
            ? AnnotationRules.ALL
            : annotator); // refuses what the next training would refuse
    List<PointLines.Entry> lost = own.stream().filter(entry -> !found.contains(entry)).toList();
    PointLines whole = found;
    for (PointLines.Entry entry : lost) {
      whole = whole.with(entry);
    }
    if (lost.isEmpty()) {
      lines = found;
      revision++;
    } else {
      replace(whole);
    }
    listener.accept(
        "%s: was changed by another program; its %s taken over%s"
            .formatted(
                file,
                found.size() == 1 ? "point was" : Plural.of(found.size(), "point") + " were",
                lost.isEmpty()
                    ? ""
                    : ", " + Plural.of(lost.size(), "point") + " set here put back"));
  }

  private void replace(PointLines changed) throws IOException {
    AtomicFiles.writeString(file, changed.text());
    lines = changed;
    revision++;
  }

  /** Lets others edit the folder. */
  @Override
  public void close() throws IOException {
    lock.close();
  }
}
