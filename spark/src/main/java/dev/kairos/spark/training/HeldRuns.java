// SPDX-License-Identifier: Apache-2.0
package dev.kairos.spark.training;

import dev.kairos.methods.run.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Run folders in the memory of an executor, which outlive the task that trains them: when a worker
 * is lost, the others have here what they had come to. One attempt's folders at a time are kept.
 */
final class HeldRuns {
  private static final Map<String, HeldRuns> JOBS = new HashMap<>();

  private final List<Path> folders = new ArrayList<>();
  private int attempt = -1;

  private HeldRuns() {}

  /** Keeps a folder, and lets those of earlier attempts go. */
  static void keep(String job, int attempt, Path folder) {
    synchronized (JOBS) {
      HeldRuns held = JOBS.computeIfAbsent(job, name -> new HeldRuns());
      if (attempt > held.attempt) {
        held.folders.clear();
        held.attempt = attempt;
      }
      if (attempt == held.attempt) {
        held.folders.add(folder);
      }
    }
  }

  /** Lets all folders of a job go. */
  static void forget(String job) {
    synchronized (JOBS) {
      JOBS.remove(job);
    }
  }

  /** The folder that has come farthest; null where none has saved anything. */
  static @Nullable Path farthest(String job) throws IOException {
    List<Path> all;
    synchronized (JOBS) {
      HeldRuns held = JOBS.get(job);
      all = held == null ? List.of() : List.copyOf(held.folders);
    }
    Path best = null;
    for (Path folder : all) {
      if (total(folder) > (best == null ? -1 : total(best))) {
        best = folder;
      }
    }
    return best;
  }

  /** Steps that a run folder has saved; -1 where it has saved nothing. */
  static long total(Path folder) throws IOException {
    return Files.exists(folder.resolve(RunFolder.CHECKPOINT))
        ? RunFolder.open(folder).position().total()
        : -1;
  }
}
