// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.layouts;

import dev.kairos.methods.data.Recording;
import dev.kairos.methods.files.Plural;
import dev.kairos.methods.files.TextFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Lists of recordings, an id a line: which subset each is in, and which are not to be used. */
final class IdLists {
  private static final int MAX_BYTES = 1 << 26;
  private static final List<String> BLOCKED =
      List.of("missing_files.txt", "block_list.txt", "blocklist.txt");

  private final FileSearch files;
  private final List<String> notes;

  IdLists(FileSearch files, List<String> notes) {
    this.files = files;
    this.notes = notes;
  }

  /** The recordings in the subsets that the lists say; those in none are left out. */
  List<Recording> applied(List<Recording> recordings) throws IOException {
    List<Recording> left = withoutBlocked(recordings);
    Map<String, String> subsets = new LinkedHashMap<>();
    for (String subset : List.of("train", "test", "val")) {
      Optional<Path> list = files.first("split_" + subset + ".txt", subset + "_list.txt");
      if (list.isPresent()) {
        ids(list.get()).forEach(id -> subsets.put(id, subset));
      }
    }
    if (subsets.isEmpty()) {
      return left;
    }
    List<Recording> listed = new ArrayList<>();
    for (Recording recording : left) {
      String subset = subsets.remove(recording.id());
      if (subset != null) {
        listed.add(recording.withSubset(subset));
      }
    }
    subsets.forEach((id, subset) -> listed.add(bare(id, subset)));
    if (!subsets.isEmpty()) {
      notes.add(
          "%s of split_*.txt without annotations"
              .formatted(Plural.of(subsets.size(), "recording")));
    }
    if (listed.size() < left.size() + subsets.size()) {
      notes.add(
          "left out, as no split_*.txt lists them: %s"
              .formatted(Plural.of(left.size() + subsets.size() - listed.size(), "recording")));
    }
    return listed;
  }

  private static Recording bare(String id, String subset) {
    return new Recording(id, subset, Double.NaN, List.of(), List.of());
  }

  private List<Recording> withoutBlocked(List<Recording> recordings) throws IOException {
    Optional<Path> list = files.first(BLOCKED.toArray(String[]::new));
    if (list.isEmpty()) {
      return recordings;
    }
    Set<String> blocked = ids(list.get());
    List<Recording> left = recordings.stream().filter(r -> !blocked.contains(r.id())).toList();
    if (left.size() < recordings.size()) {
      notes.add(
          "left out, as %s lists them: %s"
              .formatted(
                  list.get().getFileName(),
                  Plural.of(recordings.size() - left.size(), "recording")));
    }
    return left;
  }

  private static Set<String> ids(Path file) throws IOException {
    Set<String> ids = new LinkedHashSet<>();
    TextFile.read(file, MAX_BYTES, "a list of ids")
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .forEach(ids::add);
    return ids;
  }
}
