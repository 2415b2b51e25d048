// SPDX-License-Identifier: Apache-2.0
package dev.kairos.spark.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;

/**
 * Reads the names of files as Hadoop does: {@code hdfs://host/data}, {@code s3a://bucket/run}, any
 * scheme that it has a connector for, and where no scheme is said that of its default file system.
 * What is on this machine is an ordinary path.
 */
public final class Places {
  private static final String LOCAL = "file:";
  private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:/");

  private final Configuration hadoop;

  /** With Hadoop's settings, see {@code SparkContext.hadoopConfiguration}. */
  public Places(Configuration hadoop) {
    this.hadoop = hadoop;
  }

  /**
   * The path that a text names.
   *
   * @throws UncheckedIOException if Hadoop has no file system for it, or cannot reach it
   */
  public Path path(String text) {
    if (text.startsWith(LOCAL)) {
      return Path.of(text.substring(LOCAL.length()).replaceFirst("^///", "/"));
    }
    try {
      FileSystem files = named(text);
      return files.getScheme().equals("file") ? Path.of(text) : new HadoopFiles(files).path(text);
    } catch (IOException | IllegalArgumentException e) {
      throw new UncheckedIOException(new IOException(text + ": " + e.getMessage(), e));
    }
  }

  /** A text by which {@link #path} finds a file again, on another machine and from any folder. */
  public static String name(Path path) {
    return path instanceof HadoopPath ? path.toString() : LOCAL + path.toAbsolutePath();
  }

  private FileSystem named(String text) throws IOException {
    // Only a scheme needs Hadoop's reading; a file may be called anything.
    return SCHEME.matcher(text).lookingAt()
        ? new org.apache.hadoop.fs.Path(text).getFileSystem(hadoop)
        : FileSystem.get(hadoop);
  }
}
