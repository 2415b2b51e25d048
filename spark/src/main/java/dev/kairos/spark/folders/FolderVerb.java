// SPDX-License-Identifier: Apache-2.0
package dev.kairos.spark.folders;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A verb of the command over a folder.
 *
 * @param name its first word
 * @param command all of its words
 * @param option before which the command wants its file; empty where it wants it bare
 * @param summary what it does, in a line
 * @param files what names of files look like
 * @param refused options that name files of one run of the command
 */
record FolderVerb(
    String name,
    List<String> command,
    String option,
    String summary,
    Pattern files,
    List<String> refused) {
  String words() {
    return String.join(" ", command);
  }

  /** Whether files of the folder need a number of snippets each. */
  boolean wantsLength() {
    return !option.isEmpty();
  }

  String usage() {
    return """
        Usage: spark-submit [--master URL] kairos-spark.jar %s %sDIR [--out FILE] [--on-error stop|skip]%s ..

        For each file in DIR what kairos %s says of it, as JSON, a line a file in the order of their
        names: {"file", "exit", "result", "messages"}. Other options are those of kairos %s.

          --out FILE              write the lines there instead of printing them
          --on-error stop|skip    when a file fails: stop, or go on; the exit code is then 1 (default: stop)
        %s"""
        .formatted(
            words(),
            option.isEmpty() ? "" : option + " ",
            wantsLength() ? " [--lengths FILE]" : "",
            words(),
            words(),
            wantsLength()
                ? "  --lengths FILE          {\"NAME\": T, ..}: the snippets of NAME.json, instead of one"
                    + " --length for all\n"
                : "");
  }
}
