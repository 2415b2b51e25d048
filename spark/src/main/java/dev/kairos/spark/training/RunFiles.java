// SPDX-License-Identifier: Apache-2.0
package dev.kairos.spark.training;

import dev.kairos.methods.data.DatasetDescription;
import dev.kairos.methods.run.RunFolder;
import dev.kairos.methods.run.RunLock;
import dev.kairos.tensor.io.AtomicFiles;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The files of a run folder on their way to other places, the checkpoint and its state last. */
final class RunFiles {
  private static final List<String> LAST = List.of(RunFolder.CHECKPOINT, RunFolder.STATE);

  private static final Set<String> BEGUN_WITH =
      Set.of(
          RunFolder.CONFIG, RunFolder.INITIAL, RunFolder.PROVENANCE, DatasetDescription.FILE_NAME);

  private final Path run;

  RunFiles(Path run) {
    this.run = run;
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(run)) {
      return all.filter(
              file ->
                  Files.isRegularFile(file)
                      && !RunLock.isLock(file)
                      && !AtomicFiles.isTemporary(file))
          .sorted(
              Comparator.<Path>comparingInt(
                      file -> LAST.indexOf(String.valueOf(file.getFileName())))
                  .thenComparing(Path::toString))
          .toList();
    }
  }

  private String name(Path file) {
    return run.relativize(file).toString();
  }

  /** Brings the folder of the same run up to date with what its training has written. */
  void copyTo(Path to) throws IOException {
    for (Path file : files()) {
      if (BEGUN_WITH.contains(name(file))) {
        continue; // what a run began with is there and stays
      }
      Path target = to.resolve(name(file));
      Path folder = target.getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      AtomicFiles.write(target, out -> Files.copy(file, out));
    }
  }

  /** All of them in one piece. */
  byte[] toBytes() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      for (Path file : files()) {
        out.writeUTF(name(file));
        byte[] content = Files.readAllBytes(file);
        out.writeInt(content.length);
        out.write(content);
      }
    }
    return bytes.toByteArray();
  }

  /** Writes what {@link #toBytes} gave into a folder. */
  static void write(byte[] bytes, Path folder) throws IOException {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      while (in.available() > 0) {
        Path target = folder.resolve(in.readUTF());
        byte[] content = in.readNBytes(in.readInt());
        Path parent = target.getParent();
        if (parent != null) {
          Files.createDirectories(parent);
        }
        Files.write(target, content);
      }
    }
  }
}
