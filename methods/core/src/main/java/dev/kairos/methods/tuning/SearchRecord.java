// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.tuning;

import dev.kairos.methods.run.RunFolder;
import dev.kairos.methods.settings.ConfigException;
import dev.kairos.methods.settings.SettingSpace;
import dev.kairos.methods.settings.SettingsFile;
import dev.kairos.tensor.io.AtomicFiles;
import dev.kairos.tensor.io.DataFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code tune.toml}: what a search tries, so that nobody goes on with another one by mistake. */
final class SearchRecord {
  static final String FILE_NAME = "tune.toml";

  private static final int MOST_SHOWN = 8;

  private final String text;

  /**
   * A record.
   *
   * @param common what all trials share, key to value
   */
  SearchRecord(
      String method,
      SearchPlan.Search search,
      int seeds,
      Map<String, Object> common,
      SettingSpace space) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("tune.method", method);
    all.put("tune.search", search.word());
    all.put("tune.seeds", (long) seeds);
    space.described().forEach((key, value) -> all.put("space." + key, value));
    common.forEach((key, value) -> all.put("common." + key, value));
    this.text = SettingsFile.text(all);
  }

  /**
   * Refuses a folder of something else.
   *
   * @throws ConfigException naming what differs, if another search was begun there
   * @throws DataFormatException if it holds other files
   */
  void requireSame(Path folder) throws IOException {
    Path file = folder.resolve(FILE_NAME);
    if (!Files.exists(file)) {
      RunFolder.requireUnused(folder);
      return;
    }
    List<String> edits = SettingsFile.changes(file, "this search", text);
    if (!edits.isEmpty()) {
      int more = edits.size() - MOST_SHOWN;
      throw new ConfigException(
          "KCONF-007",
          file
              + ": another search was begun here; of it "
              + String.join("; ", edits.subList(0, Math.min(MOST_SHOWN, edits.size())))
              + (more > 0 ? "; and " + more + " more" : ""),
          "ask for the same search, or name another --out");
    }
  }

  void write(Path folder) throws IOException {
    if (!Files.exists(folder.resolve(FILE_NAME))) {
      AtomicFiles.writeString(folder.resolve(FILE_NAME), text);
    }
  }
}
