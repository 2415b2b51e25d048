// SPDX-License-Identifier: Apache-2.0
package dev.kairos.spark.folders;

import dev.kairos.spark.files.Places;
import dev.kairos.spark.jobs.Shares;
import dev.kairos.spark.jobs.Sizes;
import dev.kairos.spark.jobs.SparkJob;
import dev.kairos.spark.jobs.SparkUsageException;
import dev.kairos.spark.verbs.Cluster;
import dev.kairos.spark.verbs.SparkVerb;
import dev.kairos.tensor.io.AtomicFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.SparkContext;
import org.apache.spark.util.SerializableConfiguration;

/**
 * A verb of the command that takes one file, for every file of a folder: the same options and the
 * same answers, one JSON object a line in the order of the files' names, {@code {"file", "exit",
 * "result", "messages"}}.
 */
public final class FolderCommand implements SparkVerb {
  private final FolderVerb verb;

  /** What {@code kairos lp solve} and {@code kairos pseudo-label} are over a folder. */
  public static List<SparkVerb> all() {
    return List.of(
        new FolderCommand(
            new FolderVerb(
                "lp",
                List.of("lp", "solve"),
                "",
                "solve the linear programs of a folder: lp solve DIR ..",
                Pattern.compile(".*\\.(mps|lp)(\\.gz)?", Pattern.CASE_INSENSITIVE),
                List.of("--solution-file", "--basis-in", "--basis-out", "--log"))),
        new FolderCommand(
            new FolderVerb(
                "pseudo-label",
                List.of("pseudo-label"),
                "--instances",
                "a label for each snippet of each file of instances in a folder",
                Pattern.compile(".*\\.json", Pattern.CASE_INSENSITIVE),
                List.of())));
  }

  private FolderCommand(FolderVerb verb) {
    this.verb = verb;
  }

  @Override
  public String name() {
    return verb.name();
  }

  @Override
  public String summary() {
    return verb.summary();
  }

  @Override
  public int run(List<String> words, Cluster cluster) throws Exception {
    FolderWords said = FolderWords.of(verb, words);
    if (said.help()) {
      cluster.out().print(verb.usage());
      return 0;
    }
    Places places = new Places(cluster.hadoop());
    Path folder = places.path(said.folder());
    List<Path> files = files(folder);
    Map<String, String> lengths =
        said.lengths().isEmpty() ? Map.of() : LengthFile.read(places.path(said.lengths()));
    List<String[]> sent = new ArrayList<>();
    for (Path file : files) {
      sent.add(said.commandLine(verb, file, lengths));
    }
    Map<String, FileAnswer> answers = answers(cluster, files, sent, said.skipsFailing());
    StringBuilder lines = new StringBuilder();
    for (FileAnswer answer : answers.values()) {
      lines.append(answer.json()).append('\n');
    }
    if (said.out().isEmpty()) {
      cluster.out().print(lines);
    } else {
      AtomicFiles.writeString(places.path(said.out()), lines.toString());
      cluster.err().println("wrote " + said.out() + ": " + files.size() + " files");
    }
    long failed = answers.values().stream().filter(answer -> answer.exit() != 0).count();
    if (failed > 0) {
      throw new FailedFilesException(
          "%d of %d files failed".formatted(failed, files.size()), "their lines say why");
    }
    return 0;
  }

  private List<Path> files(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      if (Files.exists(folder)) {
        throw new NotDirectoryException(folder.toString());
      }
      throw new NoSuchFileException(folder.toString());
    }
    try (Stream<Path> all = Files.list(folder)) {
      List<Path> files =
          all.filter(file -> verb.files().matcher(String.valueOf(file.getFileName())).matches())
              .filter(file -> !String.valueOf(file.getFileName()).startsWith("."))
              .sorted(Comparator.comparing(Path::toString))
              .toList();
      if (files.isEmpty()) {
        throw new SparkUsageException(
            "KUSE-004",
            folder + ": holds no file that %s reads".formatted(verb.words()),
            "its files' names end like " + verb.files().pattern());
      }
      return files;
    }
  }

  private Map<String, FileAnswer> answers(
      Cluster cluster, List<Path> files, List<String[]> sent, boolean skipsFailing)
      throws IOException {
    SparkContext context = cluster.session().sparkContext();
    List<Long> bytes = Sizes.of(files, Files::size);
    List<String[][]> tasks =
        Shares.of(
                IntStream.range(0, sent.size()).boxed().toList(),
                bytes::get,
                context.defaultParallelism())
            .stream()
            .map(share -> share.stream().map(sent::get).toArray(String[][]::new))
            .toList();
    Map<String, FileAnswer> answers = new TreeMap<>();
    SparkJob.run(
        context,
        verb.words() + ": " + files.size() + " files",
        new CommandTask(new SerializableConfiguration(context.hadoopConfiguration())),
        CommandTask::run,
        tasks,
        bytesOfTask -> {
          for (FileAnswer answer : FileAnswer.ofBytes(bytesOfTask)) {
            if (answer.exit() != 0 && !skipsFailing) {
              throw new FailedFilesException(
                  answer.file() + ": exit code " + answer.exit() + ": " + answer.said().strip(),
                  "--on-error skip goes on with the others");
            }
            answers.put(answer.file(), answer);
          }
        });
    return answers;
  }
}
