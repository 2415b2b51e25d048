// SPDX-License-Identifier: Apache-2.0
package dev.kairos.memory;

import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.WatchService;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A tree of files in memory. It is registered nowhere, so its memory is given back when nobody
 * knows a path of it any more. Any number of threads may use it.
 */
public final class MemoryFiles extends FileSystem {
  private final MemoryFileProvider provider = new MemoryFileProvider();
  private final Map<List<String>, Optional<MemoryContent>> entries = // empty for a folder
      new TreeMap<>(MemoryFiles::compare);

  /** An empty tree. */
  public MemoryFiles() {
    entries.put(List.of(), Optional.empty());
  }

  private static int compare(List<String> left, List<String> right) {
    for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
      int order = left.get(i).compareTo(right.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(left.size(), right.size());
  }

  private static List<String> key(MemoryPath path) {
    return path.toRealPath().names();
  }

  /** Whether a file or folder is there. */
  synchronized boolean exists(MemoryPath path) {
    return entries.containsKey(key(path));
  }

  /** The content of a file; empty for a folder. */
  synchronized Optional<MemoryContent> find(MemoryPath path) throws NoSuchFileException {
    Optional<MemoryContent> found = entries.get(key(path));
    if (found == null) {
      throw new NoSuchFileException(path.toString());
    }
    return found;
  }

  /** The content of a file. */
  synchronized MemoryContent file(MemoryPath path) throws FileSystemException {
    return find(path)
        .orElseThrow(() -> new FileSystemException(path.toString(), null, "is a folder"));
  }

  /** A new file or folder. */
  synchronized Optional<MemoryContent> create(MemoryPath path, Optional<MemoryContent> content)
      throws FileSystemException {
    List<String> key = key(path);
    if (entries.containsKey(key)) {
      throw new FileAlreadyExistsException(path.toString());
    }
    requireFolder(path, key.subList(0, key.size() - 1));
    entries.put(key, content);
    return content;
  }

  private void requireFolder(MemoryPath path, List<String> parent) throws FileSystemException {
    Optional<MemoryContent> above = entries.get(parent);
    if (above == null) {
      throw new NoSuchFileException(path.toString());
    }
    if (above.isPresent()) {
      throw new NotDirectoryException("/" + String.join("/", parent));
    }
  }

  /** What lies in a folder, by name. */
  synchronized List<Path> list(MemoryPath folder) throws FileSystemException {
    List<String> key = key(folder);
    if (find(folder).isPresent()) {
      throw new NotDirectoryException(folder.toString());
    }
    List<Path> inside = new ArrayList<>();
    for (List<String> each : entries.keySet()) {
      if (each.size() == key.size() + 1 && each.subList(0, key.size()).equals(key)) {
        inside.add(folder.resolve(each.get(key.size())));
      }
    }
    return inside;
  }

  /** Removes a file or an empty folder. */
  synchronized void delete(MemoryPath path) throws FileSystemException {
    if (find(path).isEmpty() && !list(path).isEmpty()) {
      throw new DirectoryNotEmptyException(path.toString());
    }
    entries.remove(key(path));
  }

  /** Gives a file another name, in place of a file that has it. */
  synchronized void move(MemoryPath from, MemoryPath to, boolean replace)
      throws FileSystemException {
    MemoryContent moved = file(from);
    if (key(from).equals(key(to))) {
      return;
    }
    if (exists(to)) {
      if (!replace) {
        throw new FileAlreadyExistsException(to.toString());
      }
      delete(to);
    }
    create(to, Optional.of(moved));
    entries.remove(key(from));
  }

  @Override
  public MemoryFileProvider provider() {
    return provider;
  }

  @Override
  public void close() {
    throw new UnsupportedOperationException("files in memory go with the last path to them");
  }

  @Override
  public boolean isOpen() {
    return true;
  }

  @Override
  public boolean isReadOnly() {
    return false;
  }

  @Override
  public String getSeparator() {
    return "/";
  }

  @Override
  public Iterable<Path> getRootDirectories() {
    return List.of(new MemoryPath(this, true, List.of()));
  }

  @Override
  public Iterable<FileStore> getFileStores() {
    return List.of();
  }

  @Override
  public Set<String> supportedFileAttributeViews() {
    return new HashSet<>(Set.of("basic"));
  }

  @Override
  public Path getPath(String first, String... more) {
    String rest = String.join("/", more);
    return MemoryPath.parse(this, rest.isEmpty() ? first : first + "/" + rest);
  }

  @Override
  public PathMatcher getPathMatcher(String pattern) {
    throw new UnsupportedOperationException("no patterns for files in memory");
  }

  @Override
  public UserPrincipalLookupService getUserPrincipalLookupService() {
    throw new UnsupportedOperationException("files in memory have no owners");
  }

  @Override
  public WatchService newWatchService() {
    throw new UnsupportedOperationException("files in memory cannot be watched");
  }
}
