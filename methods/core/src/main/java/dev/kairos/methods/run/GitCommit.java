// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reads which commit a folder is at, from Git's own files and without running Git. */
final class GitCommit {
  private GitCommit() {}

  /** The commit of the repository that holds the folder; empty where there is none to find. */
  static Optional<String> of(Path folder) {
    try {
      for (Path at = folder.toAbsolutePath(); at != null; at = at.getParent()) {
        Path git = at.resolve(".git");
        if (Files.exists(git)) {
          return head(Files.isDirectory(git) ? git : at.resolve(after(git, "gitdir: ")));
        }
      }
      return Optional.empty();
    } catch (IOException | RuntimeException e) {
      return Optional.empty(); // the commit is a courtesy: a broken repository must not stop a run
    }
  }

  private static Optional<String> head(Path git) throws IOException {
    String head = Files.readString(git.resolve("HEAD")).strip();
    if (!head.startsWith("ref: ")) {
      return hash(head);
    }
    String name = head.substring("ref: ".length());
    // A linked worktree keeps its branches in the main repository's folder.
    Path link = git.resolve("commondir");
    Path common = Files.exists(link) ? git.resolve(after(link, "")) : git;
    Path loose = common.resolve(name);
    if (Files.exists(loose)) {
      return hash(Files.readString(loose).strip());
    }
    List<String> packed = Files.readAllLines(common.resolve("packed-refs"));
    return packed.stream()
        .filter(line -> line.endsWith(" " + name))
        .findFirst()
        .flatMap(line -> hash(line.substring(0, line.indexOf(' '))));
  }

  private static String after(Path file, String prefix) throws IOException {
    String text = Files.readString(file).strip();
    return text.startsWith(prefix) ? text.substring(prefix.length()) : text;
  }

  private static Optional<String> hash(String text) {
    return text.matches("[0-9a-f]{40}|[0-9a-f]{64}") ? Optional.of(text) : Optional.empty();
  }
}
