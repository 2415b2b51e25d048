// SPDX-License-Identifier: Apache-2.0
package dev.kairos.spark.files;

import java.net.URI;
import java.nio.file.FileStore;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.WatchService;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.fs.FileSystem;
import org.jspecify.annotations.Nullable;

/** One of Hadoop's file systems as {@code java.nio.file} sees it. */
final class HadoopFiles extends java.nio.file.FileSystem {
  private final FileSystem hadoop;
  private final HadoopFileProvider provider = new HadoopFileProvider();

  HadoopFiles(FileSystem hadoop) {
    this.hadoop = hadoop;
  }

  FileSystem hadoop() {
    return hadoop;
  }

  /** {@code hdfs://host:8020}, {@code s3a://bucket}. */
  URI root() {
    return hadoop.getUri();
  }

  /** A place from its whole name; one without a scheme begins at the user's own folder. */
  HadoopPath path(String text) {
    URI whole = hadoop.makeQualified(new org.apache.hadoop.fs.Path(text)).toUri();
    return new HadoopPath(this, true, HadoopPath.names(whole.getPath()));
  }

  @Override
  public HadoopFileProvider provider() {
    return provider;
  }

  @Override
  public void close() {
    throw new UnsupportedOperationException(root() + ": Hadoop closes its file systems itself");
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
    return List.of(new HadoopPath(this, true, List.of()));
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
    String all = rest.isEmpty() ? first : first + "/" + rest;
    return new HadoopPath(this, all.startsWith("/"), HadoopPath.names(all));
  }

  @Override
  public PathMatcher getPathMatcher(String pattern) {
    throw new UnsupportedOperationException(root() + ": no patterns");
  }

  @Override
  public UserPrincipalLookupService getUserPrincipalLookupService() {
    throw new UnsupportedOperationException(root() + ": no owners");
  }

  @Override
  public WatchService newWatchService() {
    throw new UnsupportedOperationException(root() + ": cannot be watched");
  }

  /** The same file system is the same tree, however often Hadoop was asked for it. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof HadoopFiles files && files.root().equals(root());
  }

  @Override
  public int hashCode() {
    return root().hashCode();
  }

  @Override
  public String toString() {
    return root().toString();
  }
}
