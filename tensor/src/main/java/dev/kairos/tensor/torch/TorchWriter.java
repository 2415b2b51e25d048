// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor.torch;

import dev.kairos.tensor.io.AtomicFiles;
import dev.kairos.tensor.io.ElementType;
import dev.kairos.tensor.io.NpyArray;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes a state dict in the zip form, which {@code torch.load(file, weights_only=True)} of version
 * 1.6 and later reads: an ordered dict of tensors, each with a storage of its own.
 */
public final class TorchWriter {
  private static final String FOLDER = "archive/";
  private static final LocalDateTime TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

  private TorchWriter() {}

  /** Writes the content of one entry. */
  private interface Body {
    void write(OutputStream out) throws IOException;
  }

  /**
   * Writes a file, new or in place of an old one, whole or not at all. The same tensors give the
   * same bytes.
   *
   * @param tensors by name, in the order that they get
   * @throws IllegalArgumentException for texts and for unsigned integers wider than 8 bits
   */
  public static void write(Path file, Map<String, NpyArray> tensors) throws IOException {
    List<NpyArray> storages = new ArrayList<>(tensors.values());
    byte[] pickle = StateDictPickle.of(tensors);
    AtomicFiles.write(
        file,
        out -> {
          ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
          entry(zip, "data.pkl", bytes -> bytes.write(pickle));
          entry(zip, "byteorder", bytes -> bytes.write(ascii("little")));
          for (int i = 0; i < storages.size(); i++) {
            entry(zip, "data/" + i, storages.get(i)::writeRaw);
          }
          entry(zip, "version", bytes -> bytes.write(ascii("3\n")));
          zip.finish();
        });
  }

  /** Stored as it is, which PyTorch asks for: size and checksum stand before the data. */
  private static void entry(ZipOutputStream zip, String name, Body body) throws IOException {
    CountingOutput count = new CountingOutput();
    CheckedOutputStream sum = new CheckedOutputStream(count, new CRC32());
    body.write(sum);
    ZipEntry entry = new ZipEntry(FOLDER + name);
    entry.setMethod(ZipEntry.STORED);
    entry.setTimeLocal(TIME);
    entry.setSize(count.bytes);
    entry.setCrc(sum.getChecksum().getValue());
    zip.putNextEntry(entry);
    body.write(zip);
    zip.closeEntry();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static final class CountingOutput extends OutputStream {
    private long bytes;

    @Override
    public void write(int b) {
      bytes++;
    }

    @Override
    public void write(byte[] from, int offset, int length) {
      bytes += length;
    }
  }

  /** The instructions that make the dict, of protocol 2. */
  private static final class StateDictPickle {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    static byte[] of(Map<String, NpyArray> tensors) {
      StateDictPickle pickle = new StateDictPickle();
      pickle.op(0x80).op(2);
      pickle.global("collections", "OrderedDict").ops(")R(");
      int key = 0;
      for (Map.Entry<String, NpyArray> tensor : tensors.entrySet()) {
        pickle.text(tensor.getKey()).tensor(tensor.getValue(), Integer.toString(key++));
      }
      pickle.ops("u.");
      return pickle.out.toByteArray();
    }

    private StateDictPickle tensor(NpyArray tensor, String key) {
      global("torch._utils", "_rebuild_tensor_v2").ops("((");
      text("storage").global("torch", storage(tensor.type()));
      text(key).text("cpu").number(tensor.size()).ops("tQ").number(0);
      long[] strides = new long[tensor.rank()];
      long stride = 1;
      for (int axis = tensor.rank() - 1; axis >= 0; axis--) {
        strides[axis] = stride;
        stride *= Math.max(1, tensor.dim(axis));
      }
      ops("(");
      for (int length : tensor.shape()) {
        number(length);
      }
      ops("t(");
      for (long step : strides) {
        number(step);
      }
      return ops("t").op(0x89).global("collections", "OrderedDict").ops(")RtR");
    }

    private StateDictPickle text(String text) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      return op('X').number32(bytes.length).bytes(bytes);
    }

    private StateDictPickle global(String module, String name) {
      return op('c').bytes(ascii(module + "\n" + name + "\n"));
    }

    private StateDictPickle number(long value) {
      if (value <= Integer.MAX_VALUE) {
        return op('J').number32((int) value);
      }
      op(0x8a).op(Long.BYTES);
      return number32((int) value).number32((int) (value >>> 32));
    }

    private StateDictPickle number32(int value) {
      return op(value).op(value >>> 8).op(value >>> 16).op(value >>> 24);
    }

    private StateDictPickle op(int code) {
      out.write(code);
      return this;
    }

    private StateDictPickle ops(String codes) {
      return bytes(ascii(codes));
    }

    private StateDictPickle bytes(byte[] bytes) {
      out.writeBytes(bytes);
      return this;
    }

    private static String storage(ElementType type) {
      return switch (type) {
        case F16 -> "HalfStorage";
        case BF16 -> "BFloat16Storage";
        case F32 -> "FloatStorage";
        case F64 -> "DoubleStorage";
        case I8 -> "CharStorage";
        case U8 -> "ByteStorage";
        case I16 -> "ShortStorage";
        case I32 -> "IntStorage";
        case I64 -> "LongStorage";
        case BOOL -> "BoolStorage";
        case U16, U32, U64, STRING ->
            throw new IllegalArgumentException("torch: no storage for " + type);
      };
    }
  }
}
