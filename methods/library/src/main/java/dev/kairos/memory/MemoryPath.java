// SPDX-License-Identifier: Apache-2.0
package dev.kairos.memory;

import java.net.URI;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A place among the files in memory: names between slashes, from the root or relative. */
final class MemoryPath implements Path {
  private final MemoryFiles files;
  private final boolean absolute;
  private final List<String> names;

  MemoryPath(MemoryFiles files, boolean absolute, List<String> names) {
    this.files = files;
    this.absolute = absolute;
    this.names = List.copyOf(names);
  }

  static MemoryPath parse(MemoryFiles files, String text) {
    List<String> names = new ArrayList<>();
    for (String name : text.split("/", -1)) {
      if (!name.isEmpty()) {
        names.add(name);
      }
    }
    return new MemoryPath(files, text.startsWith("/"), names);
  }

  /** A path of these files. */
  static MemoryPath of(Path path) {
    if (path instanceof MemoryPath own) {
      return own;
    }
    throw new ProviderMismatchException(path + " is not in memory");
  }

  private MemoryPath with(List<String> others) {
    return new MemoryPath(files, absolute, others);
  }

  List<String> names() {
    return names;
  }

  @Override
  public MemoryFiles getFileSystem() {
    return files;
  }

  @Override
  public boolean isAbsolute() {
    return absolute;
  }

  @Override
  public @Nullable Path getRoot() {
    return absolute ? with(List.of()) : null;
  }

  @Override
  public @Nullable Path getFileName() {
    return names.isEmpty() ? null : getName(names.size() - 1);
  }

  @Override
  public @Nullable Path getParent() {
    if (names.isEmpty() || (names.size() == 1 && !absolute)) {
      return null;
    }
    return with(names.subList(0, names.size() - 1));
  }

  @Override
  public int getNameCount() {
    return names.size();
  }

  @Override
  public Path getName(int index) {
    return subpath(index, index + 1);
  }

  @Override
  public Path subpath(int from, int to) {
    if (from < 0 || to > names.size() || from >= to) {
      throw new IllegalArgumentException(this + ": names " + from + " to " + to);
    }
    return new MemoryPath(files, false, names.subList(from, to));
  }

  @Override
  public boolean startsWith(Path other) {
    return other instanceof MemoryPath prefix
        && prefix.files == files
        && prefix.absolute == absolute
        && prefix.names.size() <= names.size()
        && names.subList(0, prefix.names.size()).equals(prefix.names);
  }

  @Override
  public boolean endsWith(Path other) {
    if (!(other instanceof MemoryPath end) || end.files != files) {
      return false;
    }
    int from = names.size() - end.names.size();
    return from >= 0
        && (!end.absolute || (absolute && from == 0))
        && names.subList(from, names.size()).equals(end.names);
  }

  @Override
  public MemoryPath normalize() {
    List<String> kept = new ArrayList<>();
    for (String name : names) {
      boolean up = name.equals("..");
      if (up && !kept.isEmpty() && !kept.get(kept.size() - 1).equals("..")) {
        kept.remove(kept.size() - 1);
      } else if (!name.equals(".") && !(up && absolute)) {
        kept.add(name);
      }
    }
    return with(kept);
  }

  @Override
  public MemoryPath resolve(Path other) {
    MemoryPath below = of(other);
    if (below.absolute) {
      return below;
    }
    List<String> all = new ArrayList<>(names);
    all.addAll(below.names);
    return with(all);
  }

  @Override
  public Path relativize(Path other) {
    MemoryPath target = of(other);
    if (target.absolute != absolute) {
      throw new IllegalArgumentException("no way from " + this + " to " + other);
    }
    int common = 0;
    while (common < Math.min(names.size(), target.names.size())
        && names.get(common).equals(target.names.get(common))) {
      common++;
    }
    List<String> way = new ArrayList<>();
    for (int i = common; i < names.size(); i++) {
      way.add("..");
    }
    way.addAll(target.names.subList(common, target.names.size()));
    return new MemoryPath(files, false, way);
  }

  @Override
  public URI toUri() {
    return URI.create(MemoryFileProvider.SCHEME + ":" + toAbsolutePath());
  }

  @Override
  public MemoryPath toAbsolutePath() {
    return absolute ? this : new MemoryPath(files, true, names);
  }

  @Override
  public MemoryPath toRealPath(LinkOption... options) {
    return toAbsolutePath().normalize();
  }

  @Override
  public WatchKey register(
      WatchService watcher, WatchEvent.Kind<?>[] events, WatchEvent.Modifier... modifiers) {
    throw new UnsupportedOperationException("files in memory cannot be watched");
  }

  @Override
  public int compareTo(Path other) {
    return toString().compareTo(of(other).toString());
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof MemoryPath path
        && path.files == files
        && path.absolute == absolute
        && path.names.equals(names);
  }

  @Override
  public int hashCode() {
    return 31 * names.hashCode() + Boolean.hashCode(absolute);
  }

  @Override
  public String toString() {
    return (absolute ? "/" : "") + String.join("/", names);
  }
}
