// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.layouts;

import dev.kairos.methods.data.FeaturePlace;
import dev.kairos.methods.data.Recording;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Finds which files below a folder are the features of which recording, whatever the folders are
 * called: those whose names are made from the ids in one way, such as {@code v_<id>.npy}.
 */
final class FeatureSearch {
  private static final int DEEPEST = 8;
  private static final int MOST_FILES = 2_000_000;
  private static final int VOTERS = 200;
  private static final List<String> PREFIXES = List.of("", "v_", "video_");
  private static final List<String> SUFFIXES =
      List.of("", "_rgb", "_flow", "-rgb", "-flow", ".rgb", ".flow");
  private static final Set<String> ENDINGS =
      Set.of("npy", "npz", "h5", "hdf5", "mat", "pkl", "pickle", "pt", "pth", "csv");

  /** What stands for the name of a subset in a folder. */
  static final String SUBSET = "{subset}";

  private static final Set<String> SUBSETS =
      Set.of("train", "training", "test", "testing", "val", "valid", "validation");

  private final Map<String, List<Path>> byStem = new HashMap<>();
  private final Map<String, Set<String>> subsetFolders = new TreeMap<>();

  private FeatureSearch() {}

  /** A way in which names of files are made from ids, but for what stands at their end. */
  private record Naming(String prefix, boolean fromStem) {
    String of(String id) {
      return prefix + (fromStem ? FeaturePlace.stem(id) : id);
    }

    String pattern() {
      return prefix + (fromStem ? "{stem}" : "{id}");
    }
  }

  /**
   * Files of one stream.
   *
   * @param folder where they lie, with {@link #SUBSET} in place of a subset's name
   * @param suffix of their names, behind the id
   */
  record Kind(String folder, String suffix) implements Comparable<Kind> {
    private static final Comparator<Kind> ORDER =
        Comparator.comparing(Kind::folder).thenComparing(Kind::suffix);

    /** What the stream is called: by the suffix, or else by the folder. */
    String stream() {
      String name = "features";
      for (String part : folder.split("/", -1)) {
        name = part.isEmpty() || part.equals(SUBSET) ? name : part;
      }
      return suffix.isEmpty() ? name : suffix.replaceFirst("^[-_.]", "");
    }

    @Override
    public int compareTo(Kind other) {
      return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
      return suffix.isEmpty() ? folder : folder + "/*" + suffix;
    }
  }

  /**
   * The files that were found.
   *
   * @param kinds of each stream the file of every recording that has one, by id
   * @param name of the files without folder, suffix and ending, as in {@link FeaturePlace}
   * @param subsetFolders the names of folders that stand for a subset, by the subset's name
   */
  record Found(
      Map<Kind, Map<String, Path>> kinds, String name, Map<String, Set<String>> subsetFolders) {}

  /**
   * Looks through a folder.
   *
   * @param prefix that the names begin with before the id, or null to try the usual ones
   * @param suffix that they have behind it, or null to try the usual ones
   */
  static Found in(
      Path folder,
      Collection<Recording> recordings,
      @Nullable String prefix,
      @Nullable String suffix)
      throws IOException {
    FeatureSearch search = new FeatureSearch();
    search.index(folder);
    List<String> suffixes = suffix == null ? SUFFIXES : List.of(suffix);
    Naming naming = search.naming(recordings, prefix, suffixes);
    Map<Kind, Map<String, Path>> kinds = new TreeMap<>();
    for (Recording recording : recordings) {
      for (String end : suffixes) {
        String name = naming.of(recording.id()) + end;
        for (Path file : search.byStem.getOrDefault(name, List.of())) {
          Kind kind = new Kind(search.folder(folder, file, recording), end);
          kinds
              .computeIfAbsent(kind, key -> new LinkedHashMap<>())
              .putIfAbsent(recording.id(), file);
        }
      }
    }
    return new Found(kinds, naming.pattern(), search.subsetFolders);
  }

  private void index(Path folder) throws IOException {
    Files.walkFileTree(
        folder,
        EnumSet.of(FileVisitOption.FOLLOW_LINKS),
        DEEPEST,
        new SimpleFileVisitor<>() {
          private int files;

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            String name = String.valueOf(file.getFileName());
            int dot = name.lastIndexOf('.');
            if (dot > 0 && ENDINGS.contains(name.substring(dot + 1).toLowerCase(Locale.ROOT))) {
              byStem.computeIfAbsent(name.substring(0, dot), key -> new ArrayList<>()).add(file);
            }
            return ++files < MOST_FILES ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException failure) {
            return FileVisitResult.CONTINUE; // what cannot be read is missing, and said to be
          }
        });
    byStem.values().forEach(files -> files.sort(null));
  }

  private Naming naming(
      Collection<Recording> recordings, @Nullable String prefix, List<String> suffixes) {
    List<Naming> ways = new ArrayList<>();
    for (String before : prefix == null ? PREFIXES : List.of(prefix)) {
      ways.add(new Naming(before, false));
      ways.add(new Naming(before, true));
    }
    Naming best = ways.get(0);
    long most = 0;
    for (Naming way : ways) {
      long votes =
          recordings.stream()
              .limit(VOTERS)
              .map(recording -> way.of(recording.id()))
              .filter(name -> suffixes.stream().anyMatch(end -> byStem.containsKey(name + end)))
              .count();
      if (votes > most) {
        most = votes;
        best = way;
      }
    }
    return best;
  }

  /** The folder of a file with the name of a subset taken out: files of one stream share it. */
  private String folder(Path root, Path file, Recording recording) {
    Path parent = root.relativize(file).getParent();
    List<String> kept = new ArrayList<>();
    for (Path part : parent == null ? Path.of("") : parent) {
      String name = part.toString();
      boolean isSubset =
          name.equals(recording.subset()) || SUBSETS.contains(name.toLowerCase(Locale.ROOT));
      if (isSubset) {
        subsetFolders.computeIfAbsent(recording.subset(), key -> new TreeSet<>()).add(name);
      }
      kept.add(isSubset ? SUBSET : name);
    }
    return String.join("/", kept);
  }
}
