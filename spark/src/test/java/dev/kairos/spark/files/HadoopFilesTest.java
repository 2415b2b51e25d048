// SPDX-License-Identifier: Apache-2.0
package dev.kairos.spark.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.tensor.io.AtomicFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HadoopFilesTest {
  @TempDir Path disk;

  private static Configuration hadoop() {
    Configuration hadoop = new Configuration();
    hadoop.set("fs.elsewhere.impl", ElsewhereFileSystem.class.getName());
    return hadoop;
  }

  /** One that renames over a file in one step, and one that cannot. */
  private Path folder(String scheme) throws IOException {
    return scheme.equals("file")
        ? new HadoopFiles(FileSystem.getLocal(hadoop())).path(disk.toString())
        : new Places(hadoop()).path(scheme + ":" + disk);
  }

  @ParameterizedTest
  @ValueSource(strings = {"file", "elsewhere"})
  void aFileIsReplacedWhole(String scheme) throws IOException {
    Path file = folder(scheme).resolve("a b.txt");
    AtomicFiles.writeString(file, "one");
    AtomicFiles.writeString(file, "two, longer");
    assertEquals("two, longer", Files.readString(file));
    assertEquals("two, longer", Files.readString(disk.resolve("a b.txt")));
    assertThrows(
        IOException.class,
        () ->
            AtomicFiles.write(
                file,
                out -> {
                  out.write(1);
                  throw new IOException("no more");
                }));
    assertEquals("two, longer", Files.readString(file));
    try (Stream<Path> left = Files.list(disk)) {
      assertEquals(
          List.of("a b.txt"),
          left.map(each -> each.getFileName().toString())
              .filter(name -> !name.endsWith(".crc"))
              .toList());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"file", "elsewhere"})
  void foldersAreWalked(String scheme) throws IOException {
    Path folder = folder(scheme);
    Path below = Files.createDirectories(folder.resolve("x/y"));
    Files.writeString(below.resolve("z"), "12345");
    assertTrue(Files.isDirectory(below));
    assertTrue(Files.isRegularFile(below.resolve("z")));
    assertEquals(5, Files.size(below.resolve("z")));
    assertEquals(below.resolve("z"), folder.resolve("x/y/../y/z").normalize());
    try (Stream<Path> all = Files.walk(folder.resolve("x"))) {
      assertEquals(
          List.of("", "y", "y/z"),
          all.map(each -> folder.resolve("x").relativize(each).toString()).toList());
    }
    assertThrows(DirectoryNotEmptyException.class, () -> Files.delete(below));
    Files.delete(below.resolve("z"));
    Files.delete(below);
    assertFalse(Files.exists(below));
  }

  @Test
  void whatIsWrongIsSaidAsOfOtherFiles() throws IOException {
    Path folder = folder("elsewhere");
    Path file = Files.writeString(folder.resolve("file"), "x");
    assertThrows(NoSuchFileException.class, () -> Files.readString(folder.resolve("none")));
    assertThrows(NoSuchFileException.class, () -> Files.size(folder.resolve("none")));
    assertThrows(FileAlreadyExistsException.class, () -> Files.createFile(file));
    assertThrows(FileSystemException.class, () -> Files.readAllBytes(folder));
    assertThrows(NotDirectoryException.class, () -> names(file));
    assertThrows(
        NoSuchFileException.class, () -> Files.createFile(folder.resolve("none").resolve("x")));
  }

  @Test
  void namesAreFoundAgain() throws IOException {
    Places places = new Places(hadoop());
    Path there = places.path("elsewhere:" + disk.resolve("a b"));
    assertEquals("elsewhere:" + disk + "/a b", there.toString());
    assertEquals(there, places.path(Places.name(there)));
    Path odd = disk.resolve("100%: a").toAbsolutePath();
    assertEquals(odd, places.path(odd.toString()));
    assertEquals(odd, places.path(Places.name(odd)));
    assertEquals(odd, places.path("file://" + odd));
    UncheckedIOException unknown =
        assertThrows(UncheckedIOException.class, () -> places.path("nosuch://host/x"));
    assertTrue(String.valueOf(unknown.getMessage()).contains("nosuch://host/x"));
  }

  @Test
  void withoutASchemeItIsHadoopsDefault() {
    Configuration hadoop = hadoop();
    hadoop.set("fs.defaultFS", "elsewhere:///");
    assertEquals("elsewhere:/data", new Places(hadoop).path("/data").toString());
    assertEquals(Path.of("/data"), new Places(hadoop()).path("/data"));
  }

  private static List<Path> names(Path folder) throws IOException {
    try (Stream<Path> names = Files.list(folder)) {
      return names.toList();
    }
  }
}
