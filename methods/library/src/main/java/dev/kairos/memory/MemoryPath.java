// SPDX-License-Identifier: Apache-2.0
package dev.kairos.memory;

import java.net.URI;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.util.List;

/** A place among the files in memory. */
final class MemoryPath extends SlashPath<MemoryPath> {
  private final MemoryFiles files;

  MemoryPath(MemoryFiles files, boolean absolute, List<String> names) {
    super(absolute, names);
    this.files = files;
  }

  static MemoryPath parse(MemoryFiles files, String text) {
    return new MemoryPath(files, text.startsWith("/"), split(text));
  }

  /** A path of these files. */
  static MemoryPath of(Path path) {
    if (path instanceof MemoryPath own) {
      return own;
    }
    throw new ProviderMismatchException(path + " is not in memory");
  }

  @Override
  protected MemoryPath with(boolean absolute, List<String> names) {
    return new MemoryPath(files, absolute, names);
  }

  @Override
  protected MemoryPath own(Path path) {
    return of(path);
  }

  @Override
  public MemoryFiles getFileSystem() {
    return files;
  }

  @Override
  public URI toUri() {
    return URI.create(MemoryFileProvider.SCHEME + ":" + toAbsolutePath());
  }
}
