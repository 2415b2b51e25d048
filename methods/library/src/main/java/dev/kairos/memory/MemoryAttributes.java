// SPDX-License-Identifier: Apache-2.0
package dev.kairos.memory;

import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is said of a file or folder in memory.
 *
 * @param content empty for a folder
 */
record MemoryAttributes(Optional<MemoryContent> content) implements BasicFileAttributes {
  private static final FileTime NONE = FileTime.fromMillis(0);

  @Override
  public FileTime lastModifiedTime() {
    return content.map(MemoryContent::changed).orElse(NONE);
  }

  @Override
  public FileTime lastAccessTime() {
    return lastModifiedTime();
  }

  @Override
  public FileTime creationTime() {
    return lastModifiedTime();
  }

  @Override
  public boolean isRegularFile() {
    return content.isPresent();
  }

  @Override
  public boolean isDirectory() {
    return content.isEmpty();
  }

  @Override
  public boolean isSymbolicLink() {
    return false;
  }

  @Override
  public boolean isOther() {
    return false;
  }

  @Override
  public long size() {
    return content.map(MemoryContent::size).orElse(0L);
  }

  @Override
  public @Nullable Object fileKey() {
    return null;
  }
}
