// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli;

import dev.kairos.kernels.KairosException;
import dev.kairos.lp.LinearProgram;
import dev.kairos.lp.io.LpFormat;
import dev.kairos.lp.io.Mps;
import dev.kairos.lp.io.MpsProblem;
import dev.kairos.methods.Methods;
import dev.kairos.methods.data.AnnotationFile;
import dev.kairos.methods.data.AnnotationRules;
import dev.kairos.methods.data.ArrayInfo;
import dev.kairos.methods.data.Dataset;
import dev.kairos.methods.data.DatasetCheck;
import dev.kairos.methods.data.DatasetDescription;
import dev.kairos.methods.data.DatasetProblem;
import dev.kairos.methods.data.FeatureFormats;
import dev.kairos.methods.data.Recording;
import dev.kairos.methods.data.SnippetTiming;
import dev.kairos.methods.evaluation.DetectionFile;
import dev.kairos.methods.evaluation.EvaluationFile;
import dev.kairos.methods.files.Plural;
import dev.kairos.methods.files.Shown;
import dev.kairos.methods.files.UserFile;
import dev.kairos.methods.run.RunFolder;
import dev.kairos.methods.tal.Detection;
import dev.kairos.tensor.io.DataFormatException;
import dev.kairos.tensor.io.ElementType;
import dev.kairos.tensor.io.Npy;
import dev.kairos.tensor.io.NpyArray;
import dev.kairos.tensor.io.NpyHeader;
import dev.kairos.tensor.io.Npz;
import dev.kairos.tensor.io.Safetensors;
import dev.kairos.tensor.io.SafetensorsHeader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a file or folder holds.
 *
 * @param lines for people
 * @param fatal number of problems at which training would stop
 */
record Inspection(List<String> lines, int fatal) {
  private static final long MOST_VALUES = 1L << 26;
  private static final int MOST_LINES = 200;
  private static final int MOST_NAMES = 50;

  static Inspection of(Path file) throws IOException {
    if (!Files.exists(file)) {
      throw new NoSuchFileException(file.toString());
    }
    if (Files.isDirectory(file)) {
      return folder(file);
    }
    UserFile.require(file, "KFMT-090", "");
    String name = file.toString().toLowerCase(Locale.ROOT);
    if (name.endsWith(".mps") || name.endsWith(".mps.gz")) {
      return good(program(Mps.read(file)));
    }
    if (LpFormat.isNamed(file)) {
      return good(program(LpFormat.read(file)));
    }
    int dot = name.lastIndexOf('.');
    return switch (dot < 0 ? "" : name.substring(dot)) {
      case ".npy" -> good(npy(file));
      case ".npz" -> good(npz(file));
      case ".safetensors" -> good(safetensors(file));
      case ".json" -> json(file);
      default -> good(arrays(file));
    };
  }

  private static Inspection good(List<String> lines) {
    return new Inspection(lines, 0);
  }

  /** The arrays of a file that features may come in. */
  private static List<String> arrays(Path file) throws IOException {
    if (FeatureFormats.of(String.valueOf(file.getFileName())).isEmpty()) {
      throw DataFormatException.of(
          "KFMT-090", file, "not a kind of file Kairos knows", "see kairos inspect --help");
    }
    List<ArrayInfo> arrays = FeatureFormats.list(file);
    List<String> lines = new ArrayList<>();
    lines.add(Plural.of(arrays.size(), "array") + ", " + bytes(Files.size(file)));
    for (ArrayInfo array : arrays) {
      lines.add((array.name().isEmpty() ? "" : Shown.of(array.name()) + ": ") + array);
    }
    return shortened(lines);
  }

  private static List<String> npy(Path file) throws IOException {
    NpyHeader header;
    try {
      header = Npy.readHeader(file);
    } catch (DataFormatException e) {
      if (e.code().equals("KFMT-003")) { // of Python objects, which only the formats read
        return arrays(file);
      }
      throw e;
    }
    List<String> lines = new ArrayList<>();
    lines.add(array(header));
    if (header.type() != ElementType.STRING && 0 < header.size() && header.size() <= MOST_VALUES) {
      lines.add(statistics(Npy.read(file)));
    }
    return lines;
  }

  private static String array(NpyHeader header) {
    return header.type() + " " + header.shape() + ", " + bytes(header.dataBytes());
  }

  private static String statistics(NpyArray array) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    double sum = 0;
    long odd = 0;
    double[] values = array.toDoubles();
    for (double value : values) {
      if (Double.isFinite(value)) {
        low = Math.min(low, value);
        high = Math.max(high, value);
        sum += value;
      } else {
        odd++;
      }
    }
    long finite = values.length - odd;
    String range =
        finite == 0
            ? "no finite value"
            : String.format(Locale.ROOT, "from %.6g to %.6g, mean %.6g", low, high, sum / finite);
    return range + (odd == 0 ? "" : ", " + odd + " NaN or infinite");
  }

  private static List<String> npz(Path file) throws IOException {
    Map<String, NpyHeader> headers = Npz.readHeaders(file);
    List<String> lines = new ArrayList<>();
    lines.add(Plural.of(headers.size(), "array"));
    headers.forEach((name, header) -> lines.add(name + ": " + array(header)));
    return shortened(lines);
  }

  private static List<String> safetensors(Path file) throws IOException {
    SafetensorsHeader header = Safetensors.readHeader(file);
    List<String> lines = new ArrayList<>();
    long total = header.tensors().values().stream().mapToLong(e -> e.end() - e.begin()).sum();
    lines.add(Plural.of(header.tensors().size(), "tensor") + ", " + bytes(total));
    header.metadata().forEach((name, value) -> lines.add("metadata " + name + " = " + value));
    header.tensors().forEach((name, entry) -> lines.add(name + ": " + described(entry)));
    return shortened(lines);
  }

  private static String described(SafetensorsHeader.Entry entry) {
    return entry.dtype() + " " + entry.shape() + (entry.type() == null ? ", not read" : "");
  }

  private static List<String> program(MpsProblem problem) {
    LinearProgram lp = problem.program();
    List<String> lines = new ArrayList<>();
    lines.add(
        "linear program "
            + (lp.name().isEmpty() ? "" : lp.name() + " ")
            + (problem.maximize() ? "to maximise: " : "to minimise: ")
            + Plural.of(lp.rows(), "row")
            + ", "
            + Plural.of(lp.columns(), "column")
            + ", "
            + Plural.of(lp.entries(), "entry"));
    lines.addAll(problem.notes());
    return lines;
  }

  private static Inspection json(Path file) throws IOException {
    return switch (JsonKind.of(file)) {
      case ANNOTATIONS -> annotations(file);
      case DETECTIONS -> good(detections(file));
      case SCORES -> good(List.of(evaluation(file)));
    };
  }

  private static Inspection annotations(Path file) throws IOException {
    List<DatasetProblem> problems = DatasetCheck.annotationProblems(file);
    List<String> lines = new ArrayList<>();
    if (problems.stream().noneMatch(DatasetProblem::fatal)) {
      lines.addAll(recordings(AnnotationFile.read(file).recordings().values()));
    }
    if (!problems.isEmpty()) {
      lines.addAll(listed(problems));
    }
    return new Inspection(lines, fatal(problems));
  }

  private static List<String> listed(List<DatasetProblem> problems) {
    List<String> lines = new ArrayList<>();
    lines.add(problems.isEmpty() ? "no problems" : Plural.of(problems.size(), "problem") + ":");
    problems.forEach(problem -> lines.add(problem.toString()));
    return lines;
  }

  private static int fatal(List<DatasetProblem> problems) {
    return (int) problems.stream().filter(DatasetProblem::fatal).count();
  }

  private static List<String> detections(Path file) throws IOException {
    Map<String, List<Detection>> detections = DetectionFile.read(file);
    TreeSet<String> labels = new TreeSet<>();
    detections.values().forEach(list -> list.forEach(found -> labels.add(found.label())));
    int count = detections.values().stream().mapToInt(List::size).sum();
    return List.of(
        Plural.of(count, "detection") + " in " + Plural.of(detections.size(), "recording"),
        Plural.of(labels.size(), "class") + ": " + some(labels.stream().toList()));
  }

  /** A list of names, cut where it is longer than people read. */
  private static String some(List<String> names) {
    String shown =
        names.stream().limit(MOST_NAMES).map(Shown::of).collect(Collectors.joining(", "));
    int more = names.size() - MOST_NAMES;
    return more <= 0 ? shown : shown + " and " + more + " more";
  }

  private static List<String> recordings(Collection<Recording> recordings) {
    Map<String, Integer> subsets = new TreeMap<>();
    Map<String, Integer> actions = new TreeMap<>();
    for (Recording recording : recordings) {
      subsets.merge(recording.subset(), 1, Integer::sum);
      recording.instances().forEach(action -> actions.merge(action.label(), 1, Integer::sum));
    }
    List<String> lines = new ArrayList<>();
    lines.add(Plural.of(recordings.size(), "recording") + ": " + counts(subsets));
    int total = actions.values().stream().mapToInt(Integer::intValue).sum();
    lines.add(
        Plural.of(total, "action")
            + " of "
            + Plural.of(actions.size(), "class")
            + ": "
            + counts(actions));
    Map<String, Integer> alone = new TreeMap<>();
    recordings.forEach(r -> r.labelsAlone().forEach(label -> alone.merge(label, 1, Integer::sum)));
    if (!alone.isEmpty()) {
      lines.add("labels of recordings without a segment: " + counts(alone));
    }
    return lines;
  }

  private static String counts(Map<String, Integer> counts) {
    return some(
        counts.entrySet().stream().map(e -> Shown.of(e.getKey()) + " " + e.getValue()).toList());
  }

  private static Inspection folder(Path folder) throws IOException {
    if (RunFolder.exists(folder)) { // first: a run keeps the description of its data
      return runFolder(folder);
    }
    if (Files.exists(folder.resolve(DatasetDescription.FILE_NAME))
        || Files.exists(folder.resolve(AnnotationFile.FILE_NAME))) {
      return dataFolder(folder);
    }
    throw DataFormatException.of(
        "KFMT-090",
        folder,
        "neither a data folder (dataset.toml, annotations.json) nor a run folder (config.toml)",
        "kairos import-dataset makes a data folder of those that other code reads");
  }

  private static Inspection dataFolder(Path folder) throws IOException {
    List<DatasetProblem> problems = DatasetCheck.problemsInValuesToo(folder);
    List<String> lines = new ArrayList<>();
    try {
      Dataset data = Dataset.open(folder);
      DatasetDescription description = data.description();
      lines.add("data set " + description.name());
      lines.add(
          "streams: "
              + String.join(
                  ", ",
                  description.streams().stream().map(s -> s.name() + " " + s.width()).toList()));
      lines.add(description.timing().description() + ownRates(description, data.recordings()));
      lines.addAll(recordings(data.recordings()));
      lines.addAll(data.notes());
      lines.addAll(used(data));
      if (!data.pointSource().isEmpty()) {
        int points = data.recordings().stream().mapToInt(r -> r.points().size()).sum();
        lines.add(Plural.of(points, "point") + ": " + Shown.of(data.pointSource()));
      }
    } catch (DataFormatException e) {
      lines.add("does not open"); // why is among the problems
    }
    lines.addAll(listed(problems));
    return new Inspection(lines, fatal(problems));
  }

  /** What of the annotations is used in another way than usual. */
  private static List<String> used(Dataset data) {
    List<String> lines = new ArrayList<>();
    AnnotationRules rules = data.description().rules();
    if (!rules.ignored().isEmpty()) {
      lines.add("labels passed over: " + some(rules.ignored()));
    }
    if (rules.negatives()) {
      long none = data.recordings().stream().filter(data::isNegative).count();
      lines.add("nothing happens in " + Plural.of(none, "recording"));
    }
    return lines;
  }

  private static String ownRates(DatasetDescription data, Collection<Recording> recordings) {
    long own = recordings.stream().filter(Recording::hasFps).count();
    return own == 0 || data.timing().unit() != SnippetTiming.Unit.FRAMES
        ? ""
        : ", but %s by the fps of their own".formatted(Plural.of(own, "recording"));
  }

  private static Inspection runFolder(Path folder) throws IOException {
    List<String> lines = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    RunFolder run = RunFolder.open(folder);
    try {
      lines.add("run of method " + Methods.of(run).name());
      DatasetDescription.read(run.file(DatasetDescription.FILE_NAME));
      lines.add(
          "training "
              + run.saved()
                  .map(RunFolder.Saved::position)
                  .map(Inspection::progress)
                  .orElse("saved nothing yet"));
      if (Files.exists(run.file(RunFolder.EVALUATION))) {
        lines.add(evaluation(run.file(RunFolder.EVALUATION)));
      }
    } catch (KairosException e) {
      problems.add(e.code() + ": " + e.getMessage());
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        String size = Files.isDirectory(file) ? "folder" : bytes(Files.size(file));
        lines.add(file.getFileName() + ": " + size);
      }
    }
    lines.add(RunFolder.CONFIG + ":");
    String config =
        new String(Files.readAllBytes(run.file(RunFolder.CONFIG)), StandardCharsets.UTF_8);
    config.lines().forEach(line -> lines.add("  " + line));
    List<String> shown = new ArrayList<>(shortened(lines));
    if (!problems.isEmpty()) {
      shown.add(Plural.of(problems.size(), "problem") + ":");
      shown.addAll(problems);
    }
    return new Inspection(shown, problems.size());
  }

  private static String progress(RunFolder.Position position) {
    return position.finished()
        ? "finished after step " + position.total()
        : "stands at step " + position.total();
  }

  private static String evaluation(Path file) throws IOException {
    EvaluationFile.Content scores = EvaluationFile.read(file);
    return String.format(
        Locale.ROOT,
        "average mAP %.2f %% at tIoU %s",
        scores.average() * 100,
        scores.tious().stream().map(String::valueOf).collect(Collectors.joining(", ")));
  }

  private static List<String> shortened(List<String> lines) {
    if (lines.size() <= MOST_LINES) {
      return lines;
    }
    List<String> head = new ArrayList<>(lines.subList(0, MOST_LINES));
    head.add("and " + (lines.size() - MOST_LINES) + " more");
    return head;
  }

  private static String bytes(long count) {
    return count < 10_000
        ? Plural.of(count, "byte")
        : count < 10_000_000
            ? String.format(Locale.ROOT, "%.1f kB", count / 1e3)
            : String.format(Locale.ROOT, "%.1f MB", count / 1e6);
  }
}
