// SPDX-License-Identifier: Apache-2.0
package dev.kairos.memory;

import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A place in a tree of files whose names stand between slashes, from the root or relative. What is
 * in the tree is the business of its {@link java.nio.file.FileSystem}.
 *
 * @param <P> the places of one kind of tree
 */
public abstract class SlashPath<P extends SlashPath<P>> implements Path {
  private final boolean absolute;
  private final List<String> names;

  /** A place: the names on the way there. */
  protected SlashPath(boolean absolute, List<String> names) {
    this.absolute = absolute;
    this.names = List.copyOf(names);
  }

  /** The names in a text, between any number of slashes. */
  protected static List<String> split(String text) {
    List<String> names = new ArrayList<>();
    for (String name : text.split("/", -1)) {
      if (!name.isEmpty()) {
        names.add(name);
      }
    }
    return names;
  }

  /** Another place in the same tree. */
  protected abstract P with(boolean absolute, List<String> names);

  /**
   * A place as one of this tree.
   *
   * @throws ProviderMismatchException if it is in another
   */
  protected abstract P own(Path path);

  private P with(List<String> others) {
    return with(absolute, others);
  }

  /** The names on the way there. */
  public List<String> names() {
    return names;
  }

  private static @Nullable SlashPath<?> beside(SlashPath<?> path, Path other) {
    return other instanceof SlashPath<?> slashes
            && slashes.getFileSystem().equals(path.getFileSystem())
        ? slashes
        : null;
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
    return with(false, names.subList(from, to));
  }

  @Override
  public boolean startsWith(Path other) {
    SlashPath<?> prefix = beside(this, other);
    return prefix != null
        && prefix.absolute == absolute
        && prefix.names.size() <= names.size()
        && names.subList(0, prefix.names.size()).equals(prefix.names);
  }

  @Override
  public boolean endsWith(Path other) {
    SlashPath<?> end = beside(this, other);
    if (end == null) {
      return false;
    }
    int from = names.size() - end.names.size();
    return from >= 0
        && (!end.absolute || (absolute && from == 0))
        && names.subList(from, names.size()).equals(end.names);
  }

  @Override
  public P normalize() {
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
  public P resolve(Path other) {
    P below = own(other);
    if (below.isAbsolute()) {
      return below;
    }
    List<String> all = new ArrayList<>(names);
    all.addAll(below.names());
    return with(all);
  }

  @Override
  public Path relativize(Path other) {
    SlashPath<P> target = own(other);
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
    return with(false, way);
  }

  @Override
  public P toAbsolutePath() {
    return with(true, names);
  }

  @Override
  public P toRealPath(LinkOption... options) {
    return toAbsolutePath().normalize();
  }

  @Override
  public WatchKey register(
      WatchService watcher, WatchEvent.Kind<?>[] events, WatchEvent.Modifier... modifiers) {
    throw new UnsupportedOperationException(this + ": cannot be watched");
  }

  @Override
  public int compareTo(Path other) {
    return toString().compareTo(other.toString());
  }

  @Override
  public boolean equals(@Nullable Object other) {
    SlashPath<?> same = other instanceof Path path ? beside(this, path) : null;
    return same != null && same.absolute == absolute && same.names.equals(names);
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
