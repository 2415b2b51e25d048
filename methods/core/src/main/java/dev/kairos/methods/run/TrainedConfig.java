// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.run;

import dev.kairos.methods.data.Fingerprint;
import dev.kairos.methods.files.UserFile;
import dev.kairos.methods.settings.SettingsFile;
import dev.kairos.tensor.io.DataFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Holds the {@code config.toml} of a run against the configuration that the run was trained with:
 * its hash stands in the checkpoint, its text in {@code provenance.json}.
 */
final class TrainedConfig {
  private static final int MOST_SHOWN = 8;

  private final RunFolder folder;

  TrainedConfig(RunFolder folder) {
    this.folder = folder;
  }

  /**
   * The hash of the configuration that the run was trained with up to now.
   *
   * @throws DataFormatException if {@code config.toml} has other values, naming each
   */
  String requireSame() throws IOException {
    String found = Fingerprint.of(folder.config());
    Optional<Provenance> origin = origin();
    String expected =
        new RunState(folder)
            .configHash()
            .or(() -> origin.map(Provenance::configSha256))
            .orElse(found);
    if (!found.equals(expected)) {
      Optional<List<String>> edits = origin.isEmpty() ? Optional.empty() : Optional.of(edits());
      boolean described = origin.map(Provenance::configSha256).equals(Optional.of(expected));
      if (!described || edits.isEmpty() || !edits.get().isEmpty()) {
        throw changed(edits.orElse(List.of()));
      }
    }
    return expected; // a comment more or a space less is no change
  }

  private DataFormatException changed(List<String> edits) {
    Path file = folder.file(RunFolder.CONFIG);
    String shown = String.join("; ", edits.subList(0, Math.min(MOST_SHOWN, edits.size())));
    int more = edits.size() - MOST_SHOWN;
    return DataFormatException.of(
        "KDATA-212",
        file,
        "was changed since the run was trained with it"
            + (edits.isEmpty() ? ", and no copy says how" : ": " + shown)
            + (more > 0 ? "; and " + more + " more" : ""),
        "put back what it said"
            + (edits.isEmpty() ? "" : ", all of which is in " + RunFolder.PROVENANCE)
            + ", or begin another run: kairos train METHOD --data DIR --config "
            + file
            + " --out OTHER");
  }

  /** What {@code config.toml} says otherwise than the run was begun with, a setting an entry. */
  List<String> edits() throws IOException {
    Optional<Provenance> origin = origin();
    if (origin.isEmpty()) {
      return List.of();
    }
    String place = folder.file(RunFolder.PROVENANCE) + ", config";
    return SettingsFile.edits(folder.file(RunFolder.CONFIG), place, origin.get().config());
  }

  private Optional<Provenance> origin() throws IOException {
    Path file = folder.file(RunFolder.PROVENANCE);
    return Files.exists(file)
        ? Optional.of(Provenance.fromJson(file, UserFile.readString(file)))
        : Optional.empty();
  }
}
