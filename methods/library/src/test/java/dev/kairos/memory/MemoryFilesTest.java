// SPDX-License-Identifier: Apache-2.0
package dev.kairos.memory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.NonWritableChannelException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files in memory do what files on disk do. */
final class MemoryFilesTest {
  private final Path root = new MemoryFiles().getPath("/run");

  @TempDir private Path disk;

  @Test
  void namesAreThoseOfOtherPaths() {
    for (String text : List.of("/", "/run", "/run/a/b", "a", "a/b", "/run/./x/../a")) {
      Path own = root.getFileSystem().getPath(text);
      Path other = Path.of(text);
      assertEquals(other.toString(), own.toString());
      assertEquals(other.getNameCount(), own.getNameCount());
      assertEquals(String.valueOf(other.getFileName()), String.valueOf(own.getFileName()));
      assertEquals(String.valueOf(other.getParent()), String.valueOf(own.getParent()));
      assertEquals(other.normalize().toString(), own.normalize().toString());
      assertEquals(other.isAbsolute(), own.isAbsolute());
      assertEquals(other.resolve("c/d").toString(), own.resolve("c/d").toString());
      assertEquals(other.resolve("/c").toString(), own.resolve("/c").toString());
    }
    Path deep = root.resolve("stages/one/x.npy");
    assertEquals("stages/one/x.npy", root.relativize(deep).toString());
    assertEquals("../../..", deep.relativize(root).toString());
    assertEquals(deep, root.resolve(root.relativize(deep)));
    assertTrue(deep.startsWith(root) && deep.endsWith("one/x.npy") && !deep.endsWith("ne/x.npy"));
    assertFalse(deep.equals(new MemoryFiles().getPath(deep.toString())), "another tree");
  }

  @Test
  void whatIsWrittenIsRead() throws IOException {
    assertThrows(NoSuchFileException.class, () -> Files.writeString(root.resolve("a"), "x"));
    Files.createDirectories(root.resolve("stages/one"));
    Files.createDirectories(root.resolve("stages/one"));
    Path file = root.resolve("stages/one/labels.txt");
    Files.writeString(file, "first");
    Files.writeString(file, " second", StandardOpenOption.APPEND);
    assertEquals("first second", Files.readString(file));
    assertEquals(12, Files.size(file));
    Files.writeString(file, "3");
    assertEquals("3", Files.readString(file));
    assertTrue(
        Files.isRegularFile(file) && Files.isDirectory(root) && !Files.exists(root.resolve("b")));
    try (Stream<Path> all = Files.walk(root)) {
      assertEquals(
          List.of("/run", "/run/stages", "/run/stages/one", "/run/stages/one/labels.txt"),
          all.map(Path::toString).toList());
    }
    assertThrows(DirectoryNotEmptyException.class, () -> Files.delete(root.resolve("stages")));
    assertThrows(NotDirectoryException.class, () -> Files.list(file));
    assertThrows(NotDirectoryException.class, () -> Files.writeString(file.resolve("x"), ""));
    assertThrows(FileSystemException.class, () -> Files.readString(root.resolve("stages")));
    Files.delete(file);
    assertThrows(NoSuchFileException.class, () -> Files.delete(file));
    assertFalse(Files.deleteIfExists(file));
  }

  @Test
  void aFileTakesThePlaceOfAnother() throws IOException {
    Files.createDirectories(root);
    Path old = Files.writeString(root.resolve("old"), "old");
    Path fresh = Files.writeString(root.resolve("fresh"), "fresh");
    assertThrows(FileAlreadyExistsException.class, () -> Files.move(fresh, old));
    Files.move(fresh, old, StandardCopyOption.ATOMIC_MOVE);
    assertEquals("fresh", Files.readString(old));
    assertFalse(Files.exists(fresh));
    Path out = disk.resolve("out");
    Files.copy(old, out);
    assertEquals("fresh", Files.readString(out));
    assertThrows(
        FileAlreadyExistsException.class,
        () -> Files.newByteChannel(old, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
  }

  /** The same random reads, writes and cuts, in memory and on disk. */
  @Test
  void aChannelIsThatOfAFileOnDisk() throws IOException {
    Files.createDirectories(root);
    SplittableRandom random = new SplittableRandom(1);
    for (int round = 0; round < 20; round++) {
      Path there = disk.resolve("file" + round);
      Path here = root.resolve("file" + round);
      var options =
          List.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)
              .toArray(StandardOpenOption[]::new);
      try (FileChannel one = FileChannel.open(there, options);
          FileChannel other = FileChannel.open(here, options)) {
        List<String> said = new ArrayList<>();
        for (int step = 0; step < 200; step++) {
          int size = random.nextInt(1, 100_000);
          long at = random.nextLong(0, 300_000);
          byte[] bytes = new byte[size];
          Arrays.fill(bytes, (byte) random.nextInt(1, 100));
          switch (random.nextInt(6)) {
            case 0 ->
                said.add(
                    one.write(ByteBuffer.wrap(bytes)) + " " + other.write(ByteBuffer.wrap(bytes)));
            case 1 ->
                said.add(
                    one.write(ByteBuffer.wrap(bytes), at)
                        + " "
                        + other.write(ByteBuffer.wrap(bytes), at));
            case 2 -> said.add(one.position(at).position() + " " + other.position(at).position());
            case 3 -> said.add(one.truncate(at).position() + " " + other.truncate(at).position());
            default -> {
              ByteBuffer first = ByteBuffer.allocate(size);
              ByteBuffer second = ByteBuffer.allocate(size);
              said.add(one.read(first) + " " + other.read(second));
              assertArrayEquals(first.array(), second.array());
            }
          }
          String[] both = said.get(said.size() - 1).split(" ", -1);
          assertEquals(both[0], both[1], "round " + round + ", step " + step);
          assertEquals(one.size(), other.size());
        }
      }
      assertArrayEquals(Files.readAllBytes(there), Files.readAllBytes(here));
    }
  }

  @Test
  void whoOnlyReadsCannotWrite() throws IOException {
    Files.createDirectories(root);
    Path file = Files.writeString(root.resolve("file"), "text");
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      assertThrows(NonWritableChannelException.class, () -> channel.write(ByteBuffer.allocate(1)));
      ByteBuffer all = ByteBuffer.allocate(9);
      assertEquals(4, channel.read(all));
      assertEquals(-1, channel.read(all));
    }
  }

  @Test
  void aFileMayBeLarge() throws IOException {
    Files.createDirectories(root);
    Path file = root.resolve("large");
    byte[] part = new byte[1 << 20];
    try (var out = Files.newOutputStream(file)) {
      for (int i = 0; i < 40; i++) {
        part[0] = (byte) i;
        out.write(part);
      }
    }
    assertEquals(40L << 20, Files.size(file));
    assertEquals(39, Files.readAllBytes(file)[39 << 20]);
  }
}
