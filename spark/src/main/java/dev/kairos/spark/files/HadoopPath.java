// SPDX-License-Identifier: Apache-2.0
package dev.kairos.spark.files;

import dev.kairos.memory.SlashPath;
import java.net.URI;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.util.List;

/** A place in one of Hadoop's file systems. */
final class HadoopPath extends SlashPath<HadoopPath> {
  private final HadoopFiles files;

  HadoopPath(HadoopFiles files, boolean absolute, List<String> names) {
    super(absolute, names);
    this.files = files;
  }

  static HadoopPath of(Path path) {
    if (path instanceof HadoopPath own) {
      return own;
    }
    throw new ProviderMismatchException(path + " is not in a file system of Hadoop");
  }

  static List<String> names(String text) {
    return split(text);
  }

  /** As Hadoop has it. */
  org.apache.hadoop.fs.Path inHadoop() {
    HadoopPath whole = toRealPath();
    return new org.apache.hadoop.fs.Path(
        files.root().getScheme(),
        files.root().getAuthority(),
        "/" + String.join("/", whole.names()));
  }

  @Override
  protected HadoopPath with(boolean absolute, List<String> names) {
    return new HadoopPath(files, absolute, names);
  }

  /** A relative path of another kind, such as the name of a local file, is one of names. */
  @Override
  protected HadoopPath own(Path path) {
    return of(path);
  }

  @Override
  public HadoopFiles getFileSystem() {
    return files;
  }

  @Override
  public URI toUri() {
    return inHadoop().toUri();
  }

  @Override
  public String toString() {
    String names = super.toString();
    return isAbsolute() ? files.root().toString().replaceAll("/+$", "") + names : names;
  }
}
