// SPDX-License-Identifier: Apache-2.0
package dev.kairos.memory;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.spi.FileSystemProvider;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What {@link java.nio.file.Files} asks of files in memory. */
final class MemoryFileProvider extends FileSystemProvider {
  static final String SCHEME = "kairos-memory";

  private static MemoryFiles files(Path path) {
    return MemoryPath.of(path).getFileSystem();
  }

  private static UnsupportedOperationException unsupported(String what) {
    return new UnsupportedOperationException("files in memory: " + what);
  }

  @Override
  public String getScheme() {
    return SCHEME;
  }

  @Override
  public FileSystem newFileSystem(URI uri, Map<String, ?> settings) {
    throw unsupported("no address opens them");
  }

  @Override
  public FileSystem getFileSystem(URI uri) {
    throw unsupported("no address opens them");
  }

  @Override
  public Path getPath(URI uri) {
    throw unsupported("no address opens them");
  }

  @Override
  public FileChannel newByteChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    return newFileChannel(path, options, attributes);
  }

  @Override
  public FileChannel newFileChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    MemoryPath own = MemoryPath.of(path);
    MemoryFiles all = own.getFileSystem();
    boolean writes =
        options.contains(StandardOpenOption.WRITE) || options.contains(StandardOpenOption.APPEND);
    synchronized (all) {
      boolean there = all.exists(own);
      if (writes && there && options.contains(StandardOpenOption.CREATE_NEW)) {
        throw new FileAlreadyExistsException(path.toString());
      }
      boolean makes =
          options.contains(StandardOpenOption.CREATE)
              || options.contains(StandardOpenOption.CREATE_NEW);
      if (writes && !there && makes) {
        all.create(own, Optional.of(new MemoryContent()));
      }
      MemoryContent content = all.file(own);
      if (writes && options.contains(StandardOpenOption.TRUNCATE_EXISTING)) {
        content.truncate(0);
      }
      boolean vanishes = options.contains(StandardOpenOption.DELETE_ON_CLOSE);
      return new MemoryChannel(content, options, vanishes ? () -> forget(own) : () -> {});
    }
  }

  private static void forget(MemoryPath path) {
    try {
      files(path).delete(path);
    } catch (IOException e) {
      return; // somebody removed it before
    }
  }

  @Override
  public DirectoryStream<Path> newDirectoryStream(
      Path folder, DirectoryStream.Filter<? super Path> filter) throws IOException {
    List<Path> accepted = new ArrayList<>();
    for (Path each : files(folder).list(MemoryPath.of(folder))) {
      if (filter.accept(each)) {
        accepted.add(each);
      }
    }
    return new DirectoryStream<>() {
      @Override
      public Iterator<Path> iterator() {
        return accepted.iterator();
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public void createDirectory(Path folder, FileAttribute<?>... attributes) throws IOException {
    var unused = files(folder).create(MemoryPath.of(folder), Optional.empty());
  }

  @Override
  public void delete(Path path) throws IOException {
    files(path).delete(MemoryPath.of(path));
  }

  @Override
  public void copy(Path from, Path to, CopyOption... options) {
    throw unsupported("no copies among them");
  }

  @Override
  public void move(Path from, Path to, CopyOption... options) throws IOException {
    List<CopyOption> asked = List.of(options);
    boolean replace =
        asked.contains(StandardCopyOption.REPLACE_EXISTING)
            || asked.contains(StandardCopyOption.ATOMIC_MOVE);
    files(from).move(MemoryPath.of(from), MemoryPath.of(to), replace);
  }

  @Override
  public boolean isSameFile(Path one, Path other) {
    return MemoryPath.of(one).toRealPath().equals(MemoryPath.of(other).toRealPath());
  }

  @Override
  public boolean isHidden(Path path) {
    return false;
  }

  @Override
  public FileStore getFileStore(Path path) {
    throw unsupported("no store holds them");
  }

  @Override
  public void checkAccess(Path path, AccessMode... modes) throws IOException {
    var unused = files(path).find(MemoryPath.of(path));
  }

  @Override
  public <V extends FileAttributeView> @Nullable V getFileAttributeView(
      Path path, Class<V> type, LinkOption... options) {
    return null;
  }

  @Override
  public <A extends BasicFileAttributes> A readAttributes(
      Path path, Class<A> type, LinkOption... options) throws IOException {
    if (!type.isAssignableFrom(MemoryAttributes.class)) {
      throw unsupported("no attributes but the basic ones");
    }
    return type.cast(new MemoryAttributes(files(path).find(MemoryPath.of(path))));
  }

  @Override
  public Map<String, Object> readAttributes(Path path, String names, LinkOption... options) {
    throw unsupported("no attributes by name");
  }

  @Override
  public void setAttribute(Path path, String name, Object value, LinkOption... options) {
    throw unsupported("no attribute can be set");
  }
}
