// SPDX-License-Identifier: Apache-2.0
package dev.kairos.spark.files;

import dev.kairos.memory.WholeFile;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
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
import java.util.Set;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.permission.FsAction;
import org.apache.hadoop.security.AccessControlException;
import org.jspecify.annotations.Nullable;

/** What {@link java.nio.file.Files} asks of Hadoop's files. They are read and written whole. */
final class HadoopFileProvider extends FileSystemProvider {
  private static org.apache.hadoop.fs.FileSystem hadoop(Path path) {
    return HadoopPath.of(path).getFileSystem().hadoop();
  }

  private static org.apache.hadoop.fs.Path inHadoop(Path path) {
    return HadoopPath.of(path).inHadoop();
  }

  private static UnsupportedOperationException unsupported(String what) {
    return new UnsupportedOperationException("files of Hadoop: " + what);
  }

  /** Hadoop's failures in the words of java.nio, which name the file. */
  private static IOException said(Path path, IOException e) {
    if (e instanceof FileSystemException) {
      return e;
    }
    FileSystemException said =
        e instanceof FileNotFoundException
            ? new NoSuchFileException(path.toString())
            : e instanceof AccessControlException
                ? new AccessDeniedException(path.toString())
                : e instanceof org.apache.hadoop.fs.FileAlreadyExistsException
                    ? new FileAlreadyExistsException(path.toString())
                    : new FileSystemException(path.toString(), null, e.getMessage());
    said.initCause(e);
    return said;
  }

  private static FileStatus status(Path path) throws IOException {
    try {
      return hadoop(path).getFileStatus(inHadoop(path));
    } catch (IOException e) {
      throw said(path, e);
    }
  }

  private static boolean exists(Path path) throws IOException {
    try {
      return hadoop(path).exists(inHadoop(path));
    } catch (IOException e) {
      throw said(path, e);
    }
  }

  @Override
  public String getScheme() {
    return "kairos-hadoop";
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
    if (options.contains(StandardOpenOption.APPEND)) {
      throw unsupported("nothing is appended to " + path);
    }
    try {
      return options.contains(StandardOpenOption.WRITE) ? writing(path, options) : reading(path);
    } catch (IOException e) {
      throw said(path, e);
    }
  }

  private static FileChannel reading(Path path) throws IOException {
    if (status(path).isDirectory()) {
      throw new FileSystemException(path.toString(), null, "is a folder");
    }
    try (InputStream in = hadoop(path).open(inHadoop(path))) {
      return WholeFile.read(in);
    }
  }

  private static FileChannel writing(Path path, Set<? extends OpenOption> options)
      throws IOException {
    org.apache.hadoop.fs.FileSystem files = hadoop(path);
    if (options.contains(StandardOpenOption.CREATE_NEW)) {
      requireFolder(path);
      files.create(inHadoop(path), false).close(); // it alone can say that nobody was quicker
    } else if (!options.contains(StandardOpenOption.CREATE)) {
      var unused = status(path);
    }
    return WholeFile.write(() -> files.create(inHadoop(path), true));
  }

  /** Hadoop would make it. */
  private static void requireFolder(Path path) throws IOException {
    Path parent = path.toAbsolutePath().getParent();
    if (parent != null && !status(parent).isDirectory()) {
      throw new NotDirectoryException(parent.toString());
    }
  }

  @Override
  public DirectoryStream<Path> newDirectoryStream(
      Path folder, DirectoryStream.Filter<? super Path> filter) throws IOException {
    if (!status(folder).isDirectory()) {
      throw new NotDirectoryException(folder.toString());
    }
    List<Path> accepted = new ArrayList<>();
    try {
      for (FileStatus each : hadoop(folder).listStatus(inHadoop(folder))) {
        Path path = folder.resolve(folder.getFileSystem().getPath(each.getPath().getName()));
        if (filter.accept(path)) {
          accepted.add(path);
        }
      }
    } catch (IOException e) {
      throw said(folder, e);
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
    if (exists(folder)) {
      throw new FileAlreadyExistsException(folder.toString());
    }
    requireFolder(folder);
    try {
      var unused = hadoop(folder).mkdirs(inHadoop(folder));
    } catch (IOException e) {
      throw said(folder, e);
    }
  }

  @Override
  public void delete(Path path) throws IOException {
    org.apache.hadoop.fs.FileSystem files = hadoop(path);
    if (status(path).isDirectory() && files.listStatus(inHadoop(path)).length > 0) {
      throw new DirectoryNotEmptyException(path.toString());
    }
    try {
      var unused = files.delete(inHadoop(path), false);
    } catch (IOException e) {
      throw said(path, e);
    }
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
    try {
      Renaming.rename(hadoop(from), inHadoop(from), inHadoop(to), replace);
    } catch (IOException e) {
      throw said(to, e);
    }
  }

  @Override
  public boolean isSameFile(Path one, Path other) {
    return one.getFileSystem().equals(other.getFileSystem())
        && inHadoop(one).equals(inHadoop(other));
  }

  @Override
  public boolean isHidden(Path path) {
    return false;
  }

  @Override
  public FileStore getFileStore(Path path) {
    throw unsupported("no store is known");
  }

  @Override
  public void checkAccess(Path path, AccessMode... modes) throws IOException {
    var unused = status(path);
    for (AccessMode mode : modes) {
      try {
        hadoop(path)
            .access(
                inHadoop(path),
                switch (mode) {
                  case READ -> FsAction.READ;
                  case WRITE -> FsAction.WRITE;
                  case EXECUTE -> FsAction.EXECUTE;
                });
      } catch (IOException e) {
        throw said(path, e);
      }
    }
  }

  @Override
  public <V extends FileAttributeView> @Nullable V getFileAttributeView(
      Path path, Class<V> type, LinkOption... options) {
    return null;
  }

  @Override
  public <A extends BasicFileAttributes> A readAttributes(
      Path path, Class<A> type, LinkOption... options) throws IOException {
    if (!type.isAssignableFrom(HadoopAttributes.class)) {
      throw unsupported("no attributes but the basic ones");
    }
    return type.cast(new HadoopAttributes(status(path)));
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
