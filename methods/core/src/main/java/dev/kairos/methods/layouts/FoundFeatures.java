// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.layouts;

import dev.kairos.methods.data.FeatureFile;
import dev.kairos.methods.data.FeatureFormats;
import dev.kairos.methods.data.FeatureLayout;
import dev.kairos.methods.data.FeaturePlace;
import dev.kairos.methods.data.FeatureStream;
import dev.kairos.methods.data.Recording;
import dev.kairos.methods.files.Plural;
import dev.kairos.methods.files.Shown;
import dev.kairos.methods.layouts.FeatureSearch.Kind;
import dev.kairos.tensor.io.DataFormatException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The streams of a folder: where their files lie, how wide they are, and who has none. */
final class FoundFeatures {
  /** As wide as two streams of I3D, which people join in one file. */
  private static final int TWO_I3D = 2048;

  private static final List<String> TWO = List.of("rgb", "flow");

  private final Path from;
  private final ImportOptions options;
  private final List<String> notes;
  private final FeatureSearch.Found found;
  private final Map<String, Map<String, Path>> files = new LinkedHashMap<>(); // by stream, then id
  private final List<FeatureStream> streams = new ArrayList<>();
  private final Map<String, FeaturePlace> places = new LinkedHashMap<>();

  private FoundFeatures(
      Path from, ImportOptions options, List<String> notes, FeatureSearch.Found found) {
    this.from = from;
    this.options = options;
    this.notes = notes;
    this.found = found;
  }

  /**
   * Looks for them.
   *
   * @throws DataFormatException KDATA-172 if there are none, or more than one kind
   */
  static FoundFeatures in(
      Path from, List<Recording> recordings, ImportOptions options, List<String> notes)
      throws IOException {
    Path place = options.features() == null ? from : options.features();
    FeatureSearch.Found found =
        FeatureSearch.in(place, recordings, options.prefix(), options.suffix());
    FoundFeatures features = new FoundFeatures(place, options, notes, found);
    features.settle();
    return features;
  }

  List<FeatureStream> streams() {
    return streams;
  }

  Map<String, FeaturePlace> places() {
    return places;
  }

  private void settle() throws IOException {
    if (found.kinds().isEmpty()) {
      throw DataFormatException.of(
          "KDATA-172",
          from,
          "holds no feature file that is named after a recording",
          "name the folder with --features, and what names have around the id with --prefix and --suffix; files may end in "
              + String.join(" ", FeatureFormats.endings()));
    }
    Map<String, Kind> kinds = kinds();
    if (kinds.size() == 1) {
      one(kinds.values().iterator().next());
    } else {
      for (Map.Entry<String, Kind> kind : kinds.entrySet()) {
        add(kind.getKey(), kind.getValue(), options.layout());
      }
      notes.add("streams: " + FeatureStream.named(streams) + ", in this order");
    }
  }

  /** The folders by the name of the stream, in the order of fusion. */
  private Map<String, Kind> kinds() {
    Map<String, Kind> byName = new LinkedHashMap<>();
    found.kinds().keySet().forEach(kind -> byName.put(kind.stream(), kind));
    boolean isTold = byName.size() == found.kinds().size();
    if (byName.size() == 1 && isTold) {
      return byName;
    }
    List<String> order = options.streams().isEmpty() ? TWO : options.streams();
    boolean isMeant =
        byName.keySet().containsAll(order)
            && (!options.streams().isEmpty() || byName.size() == order.size());
    if (!isTold || !isMeant) {
      throw DataFormatException.of(
          "KDATA-172",
          from,
          "holds files of the recordings in several folders: "
              + Shown.some(found.kinds().keySet().stream().map(Kind::toString).toList()),
          "name the one to take with --features, or the folders that are streams with --streams");
    }
    Map<String, Kind> kinds = new LinkedHashMap<>();
    for (String name : order) {
      Kind kind = byName.get(name);
      if (kind != null) {
        kinds.put(name, kind);
      }
    }
    return kinds;
  }

  /** A single file a recording: one stream, or several side by side. */
  private void one(Kind kind) throws IOException {
    int width = width(kind, options.layout());
    List<String> names = options.streams();
    boolean isCut = names.size() > 1 || (names.isEmpty() && width == TWO_I3D);
    if (!isCut) {
      String name = names.isEmpty() ? "features" : names.get(0);
      add(name, kind, options.layout());
      notes.add(
          "one stream, %s (name parts of it with --streams)"
              .formatted(FeatureStream.named(streams)));
      return;
    }
    List<String> parts = names.isEmpty() ? TWO : names;
    if (width % parts.size() != 0) {
      throw DataFormatException.of(
          "KDATA-172",
          from,
          "files of %s cannot be cut into %s of one width"
              .formatted(Plural.of(width, "column"), Plural.of(parts.size(), "stream")),
          "import it as one stream, or cut the files before");
    }
    int each = width / parts.size();
    for (int i = 0; i < parts.size(); i++) {
      add(parts.get(i), kind, options.layout().withColumns(i * each, each));
    }
    notes.add(
        "the %d columns of a file are %s, in this order (say otherwise with --streams)"
            .formatted(width, FeatureStream.named(streams)));
  }

  private void add(String name, Kind kind, FeatureLayout layout) throws IOException {
    FeatureStream stream = new FeatureStream(name, width(kind, layout));
    streams.add(stream);
    Map<String, Path> own = found.kinds().getOrDefault(kind, Map.of());
    files.put(name, own);
    String path = from.toAbsolutePath().normalize().toString().replace('\\', '/');
    if (path.contains("{")) {
      throw DataFormatException.of(
          "KDATA-172", from, "a folder whose path has a brace cannot be imported", "rename it");
    }
    String folder = kind.folder().isEmpty() ? path : path + "/" + kind.folder();
    String file = folder + "/" + found.name() + kind.suffix() + ending(own);
    places.put(name, new FeaturePlace(file, options.key(), layout));
  }

  /** The ending that all files of a stream have. */
  private String ending(Map<String, Path> own) {
    Set<String> endings = new TreeSet<>();
    own.values().forEach(file -> endings.add(endingOf(file)));
    if (endings.size() != 1) {
      throw DataFormatException.of(
          "KDATA-172",
          from,
          "files of one stream end in " + String.join(" and ", endings),
          "bring all in one format, or name a folder that has one with --features");
    }
    return endings.iterator().next();
  }

  private static String endingOf(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.substring(name.lastIndexOf('.'));
  }

  private int width(Kind kind, FeatureLayout layout) throws IOException {
    Path first = found.kinds().getOrDefault(kind, Map.of()).values().iterator().next();
    if (layout.columns() > 0) {
      return layout.columns();
    }
    List<Integer> shape = new ArrayList<>(FeatureFormats.info(first, options.key()).shape());
    while (shape.size() > 2 && shape.remove((Integer) 1)) {} // axes of length 1 do not count
    if (shape.size() < 2) {
      throw DataFormatException.of(
          "KDATA-132",
          first,
          "expected [T, D], found shape " + shape,
          "save a row for each snippet");
    }
    return layout.transposed() ? shape.get(shape.size() - 2) : shape.get(shape.size() - 1);
  }

  /** The recordings in the subsets that the folders are named after, where they are. */
  List<Recording> named(List<Recording> recordings) {
    Map<String, String> renamed = new LinkedHashMap<>();
    for (Map.Entry<String, Set<String>> subset : found.subsetFolders().entrySet()) {
      if (subset.getValue().size() > 1) {
        throw DataFormatException.of(
            "KDATA-172",
            from,
            "files of subset '%s' lie in the folders %s"
                .formatted(Shown.of(subset.getKey()), Shown.some(subset.getValue())),
            "bring those of a subset together");
      }
      String folder = subset.getValue().iterator().next();
      if (!folder.equals(subset.getKey())) {
        renamed.put(subset.getKey(), folder);
        notes.add("subset %s is called %s, as its folder is".formatted(subset.getKey(), folder));
      }
    }
    return recordings.stream()
        .map(r -> r.withSubset(renamed.getOrDefault(r.subset(), r.subset())))
        .toList();
  }

  /**
   * The recordings that lack features, by id.
   *
   * @param mayMiss whether that is no error
   * @throws DataFormatException KDATA-131 if some do and may not
   */
  List<String> missing(List<Recording> recordings, boolean mayMiss) {
    List<String> missing =
        recordings.stream()
            .map(Recording::id)
            .filter(id -> files.values().stream().anyMatch(own -> !own.containsKey(id)))
            .toList();
    if (!missing.isEmpty() && !mayMiss) {
      throw DataFormatException.of(
          "KDATA-131",
          from,
          "%s without features: %s"
              .formatted(Plural.of(missing.size(), "recording"), Shown.some(missing)),
          "--skip-missing leaves them out");
    }
    return missing;
  }

  /** The number of rows of each recording, the shortest stream's, from headers alone. */
  Map<String, Integer> rows(List<Recording> recordings) throws IOException {
    Map<String, Integer> rows = new LinkedHashMap<>();
    for (Recording recording : recordings) {
      for (FeatureStream stream : streams) {
        FeaturePlace place = places.get(stream.name());
        Path file = files.getOrDefault(stream.name(), Map.of()).get(recording.id());
        if (place != null && file != null) {
          int length = FeatureFile.length(file, stream, place);
          rows.merge(recording.id(), length, Math::min);
        }
      }
    }
    return rows;
  }
}
