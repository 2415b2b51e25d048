// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor.torch;

import dev.kairos.tensor.io.DataFormatException;
import dev.kairos.tensor.pickle.PickleDict;
import dev.kairos.tensor.pickle.PickleItems;
import dev.kairos.tensor.pickle.PickleReader;
import dev.kairos.tensor.pickle.PickleValue;
import dev.kairos.tensor.pickle.PickleValue.BigInt;
import dev.kairos.tensor.pickle.PickleValue.Bool;
import dev.kairos.tensor.pickle.PickleValue.Int;
import dev.kairos.tensor.pickle.PickleValue.Storage;
import dev.kairos.tensor.pickle.PickleValue.Text;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The form before version 1.6: pickles of a magic number, the protocol, the system, the content and
 * the keys of its storages, and then for each key a number of elements in 8 bytes and the elements.
 */
final class TorchStream extends TorchStorages {
  /** The pickle of {@link #MAGIC}, one byte a character. */
  static final String HEAD = "\u0080\u0002\u008a\nl\u00fc\u009cF\u00f9 j\u00a8P\u0019.";

  private static final BigInteger MAGIC = new BigInteger("1950a86a20f9469cfc6c", 16);
  private static final int PROTOCOL = 1001;

  private final Path file;
  private final ByteOrder order;
  private final Map<String, Long> places = new HashMap<>(); // of the first element

  private TorchStream(Path file, ByteOrder order) {
    super(file, order);
    this.file = file;
    this.order = order;
  }

  static TorchFile open(Path file) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      PickleReader pickles = new PickleReader(file, "", in, Files.size(file), true);
      if (!(pickles.next() instanceof BigInt magic) || !magic.value().equals(MAGIC)) {
        throw bad(file, "is a pickle that PyTorch did not write");
      }
      if (!(pickles.next() instanceof Int protocol) || protocol.value() != PROTOCOL) {
        throw bad(file, "is of an unknown protocol of PyTorch, expected " + PROTOCOL);
      }
      TorchStream storages = new TorchStream(file, order(file, pickles.next()));
      PickleValue content = pickles.next();
      PickleValue keys = pickles.next();
      storages.find(content, keys, pickles.position());
      return new TorchFile(file, content, storages);
    }
  }

  private static ByteOrder order(Path file, PickleValue system) {
    if (!(system instanceof PickleDict dict) || !(dict.get("little_endian") instanceof Bool b)) {
      throw bad(file, "does not say in which byte order it is");
    }
    return b.value() ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
  }

  /** Goes from number to number, so that each storage is known to be there. */
  private void find(PickleValue content, PickleValue keys, long begin) throws IOException {
    Map<String, Storage> used = new HashMap<>();
    UsedStorages.of(content).forEach(storage -> used.put(storage.key(), storage));
    if (!(keys instanceof PickleItems list)) {
      throw bad(file, "has " + keys.describe() + " where the keys of its storages are expected");
    }
    try (SeekableByteChannel channel = Files.newByteChannel(file)) {
      long at = begin;
      for (PickleValue item : list.items()) {
        Storage storage = item instanceof Text key ? used.remove(key.value()) : null;
        if (storage == null) {
          throw bad(file, "has elements that belong to no tensor, or twice");
        }
        long elements = number(channel, at);
        at += Long.BYTES;
        long left = Math.max(0, channel.size() - at);
        int width = storage.type().bytes();
        if (elements != storage.elements() || elements > left / width) {
          throw wrongSize(storage, left);
        }
        places.put(storage.key(), at);
        at += elements * width;
      }
      if (at != channel.size()) {
        throw bad(file, "has %d bytes, expected %d".formatted(channel.size(), at));
      }
    }
    if (!used.isEmpty()) {
      String missing = shown(used.keySet().iterator().next());
      throw DataFormatException.of(
          "KFMT-015", file, "lacks the elements of storage '" + missing + "'");
    }
  }

  private long number(SeekableByteChannel channel, long at) throws IOException {
    return ByteBuffer.wrap(read(channel, at, Long.BYTES)).order(order).getLong();
  }

  @Override
  byte[] bytes(Storage storage, long from, int count) throws IOException {
    try (SeekableByteChannel channel = Files.newByteChannel(file)) {
      return read(channel, places.getOrDefault(storage.key(), Long.MAX_VALUE / 2) + from, count);
    }
  }

  private byte[] read(SeekableByteChannel channel, long at, int count) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(count);
    channel.position(at);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes) < 0) {
        throw DataFormatException.of(
            "KFMT-004", file, "ends after " + channel.size() + " bytes, within its elements");
      }
    }
    return bytes.array();
  }

  private static DataFormatException bad(Path file, String problem) {
    return DataFormatException.of("KFMT-014", file, problem);
  }
}
