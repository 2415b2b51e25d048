// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor.torch;

import dev.kairos.tensor.io.DataFormatException;
import dev.kairos.tensor.pickle.PickleReader;
import dev.kairos.tensor.pickle.PickleValue;
import dev.kairos.tensor.pickle.PickleValue.Storage;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * The zip form: {@code NAME/data.pkl}, {@code NAME/byteorder}, and {@code NAME/data/KEY} for each
 * storage. All of one folder, whose name is any.
 */
final class TorchArchive extends TorchStorages {
  private static final String PICKLE = "data.pkl";
  private static final int LONGEST_ORDER = 16;

  private final Path file;
  private final String folder;

  private TorchArchive(Path file, String folder, ByteOrder order) {
    super(file, order);
    this.file = file;
    this.folder = folder;
  }

  static TorchFile open(Path file) throws IOException {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      ZipEntry pickle =
          zip.stream()
              .filter(entry -> entry.getName().matches("[^/]+/" + PICKLE))
              .findFirst()
              .orElse(null);
      if (pickle == null) {
        throw bad(file, "is a zip archive without NAME/data.pkl, so none of PyTorch");
      }
      String name = pickle.getName();
      String folder = name.substring(0, name.length() - PICKLE.length());
      TorchArchive storages = new TorchArchive(file, folder, order(file, zip, folder));
      PickleValue content = storages.content(zip, pickle);
      for (Storage storage : UsedStorages.of(content)) {
        storages.require(zip, storage);
      }
      return new TorchFile(file, content, storages);
    } catch (ZipException | EOFException e) {
      throw damaged(file, e);
    }
  }

  private PickleValue content(ZipFile zip, ZipEntry pickle) throws IOException {
    try (InputStream in = new BufferedInputStream(zip.getInputStream(pickle))) {
      return new PickleReader(file, PICKLE + ": ", in, pickle.getSize(), true).next();
    } catch (DataFormatException e) {
      if (zip.getEntry(folder + "constants.pkl") != null) {
        throw DataFormatException.of(
            "KFMT-014",
            file,
            "is a TorchScript program, which is not read: " + e.code(),
            "save the weights with torch.save(model.state_dict(), file)");
      }
      throw e;
    }
  }

  private static ByteOrder order(Path file, ZipFile zip, String folder) throws IOException {
    ZipEntry entry = zip.getEntry(folder + "byteorder");
    if (entry == null) {
      return ByteOrder.LITTLE_ENDIAN; // before 2.1 nothing said otherwise
    }
    try (InputStream in = zip.getInputStream(entry)) {
      String order = new String(in.readNBytes(LONGEST_ORDER), StandardCharsets.ISO_8859_1);
      return switch (order.strip()) {
        case "little" -> ByteOrder.LITTLE_ENDIAN;
        case "big" -> ByteOrder.BIG_ENDIAN;
        default -> throw bad(file, "has a byte order that is neither little nor big");
      };
    }
  }

  /** That the elements are there, and no more bytes than the file itself has. */
  private ZipEntry require(ZipFile zip, Storage storage) throws IOException {
    ZipEntry entry = zip.getEntry(folder + "data/" + storage.key());
    if (entry == null) {
      throw DataFormatException.of(
          "KFMT-015", file, "lacks the elements of storage '" + shown(storage.key()) + "'");
    }
    if (entry.getMethod() != ZipEntry.STORED
        || entry.getSize() != entry.getCompressedSize()
        || entry.getSize() > Files.size(file)) {
      throw bad(file, "has compressed elements, which PyTorch does not write");
    }
    if (entry.getSize() != storage.elements() * storage.type().bytes()) {
      throw wrongSize(storage, entry.getSize());
    }
    return entry;
  }

  @Override
  byte[] bytes(Storage storage, long from, int count) throws IOException {
    try (ZipFile zip = new ZipFile(file.toFile());
        InputStream in = zip.getInputStream(require(zip, storage))) {
      in.skipNBytes(from);
      byte[] bytes = in.readNBytes(count);
      if (bytes.length < count) {
        throw wrongSize(storage, from + bytes.length);
      }
      return bytes;
    } catch (ZipException | EOFException e) {
      throw damaged(file, e);
    }
  }

  private static DataFormatException damaged(Path file, IOException cause) {
    String reason = cause.getMessage() == null ? "ends too early" : cause.getMessage();
    String problem = "is not a whole zip archive: " + reason;
    return DataFormatException.of("KFMT-014", file, problem, cause);
  }

  private static DataFormatException bad(Path file, String problem) {
    return DataFormatException.of("KFMT-014", file, problem);
  }
}
