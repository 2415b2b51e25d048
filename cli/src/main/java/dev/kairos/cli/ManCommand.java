// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli;

import dev.kairos.tensor.io.AtomicFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code kairos man}: the manual pages. */
@Command(
    name = "man",
    description = {
      "Write a manual page for every verb, as the program man reads them.",
      "Into a folder man1 of where man looks; man -M DIR looks in DIR alone."
    },
    sortOptions = false,
    footerHeading = "%nExample:%n",
    footer = "  kairos man --out man/man1 && man -M man kairos-train")
final class ManCommand implements Callable<Integer> {
  @ParentCommand private KairosCommand kairos;
  @Spec private CommandSpec spec;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "Where to; pages of these names there are replaced.")
  private Path out;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  ManCommand() {}

  @Override
  public Integer call() throws IOException {
    Files.createDirectories(out);
    int pages = write(spec.root().commandLine());
    kairos.messages().info(out + ": " + Messages.count(pages, "page"));
    return 0;
  }

  private int write(CommandLine line) throws IOException {
    String page = ManPage.name(line.getCommandSpec()) + ".1";
    AtomicFiles.writeString(out.resolve(page), ManPage.of(line));
    int pages = 1;
    for (CommandLine below : line.getSubcommands().values()) {
      pages += write(below);
    }
    return pages;
  }
}
