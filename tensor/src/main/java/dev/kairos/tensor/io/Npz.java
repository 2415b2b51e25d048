// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor.io;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * NumPy's {@code .npz} files: a zip archive with one {@code .npy} for each named array, stored or
 * deflated.
 *
 * <p>Names of entries are names of arrays and never paths. Refused are duplicate names, entries
 * that are no {@code .npy}, more than 65 535 of them, contents that do not match their checksum,
 * and archives that unpack to more than 256 MiB and more than 200 times their own size.
 */
public final class Npz {
  private static final String SUFFIX = ".npy";
  private static final int MAX_ENTRIES = 65_535;
  private static final long MAX_RATIO = 200;
  private static final long ALWAYS_ALLOWED_BYTES = 256L << 20;

  private static final int MAX_NAME_BYTES = 65_535;

  /**
   * The same for all, so that the same arrays give the same file. The very first moment of zip
   * archives would be stored in a second form that depends on the time zone.
   */
  private static final LocalDateTime TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

  private Npz() {}

  /**
   * Reads all arrays of a file, in its order, under their names without {@code .npy}.
   *
   * @throws DataFormatException if there is no such file or it breaks the format
   */
  public static Map<String, NpyArray> read(Path file) throws IOException {
    return readEach(file, Npy::read, true);
  }

  /**
   * Reads what each array of a file is, without the elements. Offsets of data count from the
   * beginning of the unpacked entry.
   *
   * @throws DataFormatException if there is no such file or it breaks the format
   */
  public static Map<String, NpyHeader> readHeaders(Path file) throws IOException {
    return readEach(file, Npy::readHeader, false);
  }

  /**
   * Writes arrays as they are, in the order of the map; a file is new or takes the place of an old
   * one, whole or not at all.
   *
   * @throws IllegalArgumentException for a name that is empty or too long, more than 65 535 arrays,
   *     and for what {@link Npy#write} refuses
   */
  public static void write(Path file, Map<String, NpyArray> arrays) throws IOException {
    write(file, arrays, ZipEntry.STORED);
  }

  /** The same with every array deflated: smaller and slower. */
  public static void writeDeflated(Path file, Map<String, NpyArray> arrays) throws IOException {
    write(file, arrays, ZipEntry.DEFLATED);
  }

  @FunctionalInterface
  private interface EntryReader<T> {
    T read(ByteSource source) throws IOException;
  }

  private static <T> Map<String, T> readEach(Path file, EntryReader<T> reader, boolean whole)
      throws IOException {
    ByteSource.requireRegular(file);
    try (ZipFile zip = new ZipFile(file.toFile())) {
      List<? extends ZipEntry> entries = zip.stream().toList();
      requirePlausible(file, entries);
      Map<String, T> arrays = new LinkedHashMap<>();
      for (ZipEntry entry : entries) {
        String name = entry.getName();
        String array = name.substring(0, name.length() - SUFFIX.length());
        arrays.put(array, readEntry(file, zip, entry, reader, whole));
      }
      return Collections.unmodifiableMap(arrays);
    } catch (ZipException | EOFException e) {
      String reason = e.getMessage() == null ? "ends too early" : e.getMessage();
      throw DataFormatException.of("KFMT-006", file, "is not a whole zip archive: " + reason, e);
    }
  }

  private static void requirePlausible(Path file, List<? extends ZipEntry> entries)
      throws IOException {
    if (entries.size() > MAX_ENTRIES) {
      throw bad(file, entries.size() + " entries, expected at most " + MAX_ENTRIES);
    }
    Set<String> names = new HashSet<>();
    long fileBytes = Files.size(file);
    long packed = 0;
    long unpacked = 0;
    for (ZipEntry entry : entries) {
      String name = entry.getName();
      if (!name.endsWith(SUFFIX) || name.length() == SUFFIX.length()) {
        throw bad(file, "the entry " + ByteSource.quote(name) + ", expected NAME.npy");
      }
      if (!names.add(name)) {
        throw bad(file, "the entry " + ByteSource.quote(name) + " twice");
      }
      packed += requireSize(file, entry, entry.getCompressedSize(), fileBytes - packed);
      long limit = Math.max(ALWAYS_ALLOWED_BYTES, MAX_RATIO * packed);
      unpacked += requireSize(file, entry, entry.getSize(), limit - unpacked);
    }
  }

  private static long requireSize(Path file, ZipEntry entry, long size, long limit) {
    if (size < 0 || size > limit) {
      throw bad(
          file,
          ("the entry " + ByteSource.quote(entry.getName()) + " of " + entry.getSize())
              + (" bytes, packed " + entry.getCompressedSize())
              + (", which the archive cannot hold or which unpacks beyond " + MAX_RATIO + ":1"));
    }
    return size;
  }

  private static DataFormatException bad(Path file, String found) {
    return DataFormatException.of("KFMT-006", file, "has " + found);
  }

  private static <T> T readEntry(
      Path file, ZipFile zip, ZipEntry entry, EntryReader<T> reader, boolean whole)
      throws IOException {
    CRC32 sum = new CRC32();
    String place = "entry " + ByteSource.quote(entry.getName()) + ": ";
    InputStream in = new CheckedInputStream(zip.getInputStream(entry), sum);
    try (ByteSource source = new ByteSource(file, place, in, entry.getSize())) {
      T read = reader.read(source);
      if (whole) {
        source.expectEnd();
        if (sum.getValue() != entry.getCrc()) {
          throw source.error(
              "KFMT-006",
              String.format("checksum %08x, expected %08x", sum.getValue(), entry.getCrc()));
        }
      }
      return read;
    }
  }

  private static void write(Path file, Map<String, NpyArray> arrays, int method)
      throws IOException {
    if (arrays.size() > MAX_ENTRIES) {
      throw new IllegalArgumentException(
          "npz: " + arrays.size() + " arrays, expected at most " + MAX_ENTRIES);
    }
    AtomicFiles.write(
        file,
        out -> {
          ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
          for (Map.Entry<String, NpyArray> array : arrays.entrySet()) {
            zip.putNextEntry(entry(array.getKey(), array.getValue(), method));
            writeArray(zip, array.getValue());
            zip.closeEntry();
          }
          zip.finish();
        });
  }

  private static ZipEntry entry(String name, NpyArray array, int method) throws IOException {
    String entryName = name + SUFFIX;
    if (name.isEmpty()
        || !StandardCharsets.UTF_8.newEncoder().canEncode(name)
        || entryName.getBytes(StandardCharsets.UTF_8).length > MAX_NAME_BYTES) {
      throw new IllegalArgumentException(
          "npz: the name " + ByteSource.quote(name) + ", expected 1 to 65 531 bytes of text");
    }
    ZipEntry entry = new ZipEntry(entryName);
    entry.setMethod(method);
    entry.setTimeLocal(TIME);
    if (method == ZipEntry.STORED) { // its size and checksum stand before the data
      CheckedOutputStream sum =
          new CheckedOutputStream(OutputStream.nullOutputStream(), new CRC32());
      writeArray(sum, array);
      entry.setSize(Npy.header(array).length + Npy.dataBytes(array));
      entry.setCrc(sum.getChecksum().getValue());
    }
    return entry;
  }

  private static void writeArray(OutputStream out, NpyArray array) throws IOException {
    out.write(Npy.header(array));
    Npy.writeElements(out, array);
  }
}
