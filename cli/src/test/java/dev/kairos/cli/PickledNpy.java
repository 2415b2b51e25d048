// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli;

import dev.kairos.tensor.io.NpyArray;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes arrays of objects as NumPy does, in protocol 3: what the bundles of W-TALC are. */
final class PickledNpy {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final DataOutputStream out = new DataOutputStream(bytes);

  private PickledNpy() {}

  /** Entries are texts, numbers, matrices or lists of such. */
  static void write(Path file, List<?> entries) throws IOException {
    PickledNpy pickle = new PickledNpy();
    pickle.out.write(new byte[] {(byte) 0x80, 3});
    pickle.array("O8", "|", new int[] {entries.size()}, () -> pickle.list(entries));
    pickle.out.write('.');
    String head =
        "{'descr': '|O', 'fortran_order': False, 'shape': (%d,), }".formatted(entries.size());
    head += " ".repeat(63 - (10 + head.length()) % 64) + '\n';
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    whole.write(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
    whole.write(head.length() % 256);
    whole.write(head.length() / 256);
    whole.write(head.getBytes(StandardCharsets.US_ASCII));
    pickle.bytes.writeTo(whole);
    Files.createDirectories(file.getParent());
    Files.write(file, whole.toByteArray());
  }

  private interface Content {
    void write() throws IOException;
  }

  private void array(String type, String order, int[] shape, Content content) throws IOException {
    ascii("cnumpy.core.multiarray\n_reconstruct\ncnumpy\nndarray\n");
    out.write(new byte[] {'K', 0, (byte) 0x85, 'C', 1, 'b', (byte) 0x87, 'R', '(', 'K', 1, '('});
    for (int length : shape) {
      number(length);
    }
    out.write('t');
    ascii("cnumpy\ndtype\n");
    text(type);
    out.write(new byte[] {'K', 0, 'K', 1, (byte) 0x87, 'R', '(', 'K', 3});
    text(order);
    ascii("NNN");
    out.write(new byte[] {'J', -1, -1, -1, -1, 'J', -1, -1, -1, -1, 'K', 0, 't', 'b'});
    out.write(0x89); // C order
    content.write();
    ascii("tb");
  }

  private void value(Object value) throws IOException {
    if (value instanceof String text) {
      text(text);
    } else if (value instanceof Double real) {
      out.write('G');
      out.writeDouble(real);
    } else if (value instanceof NpyArray matrix) {
      ByteBuffer raw =
          ByteBuffer.allocate(matrix.toFloats().length * 4).order(ByteOrder.LITTLE_ENDIAN);
      for (float x : matrix.toFloats()) {
        raw.putFloat(x);
      }
      array("f4", "<", matrix.shape(), () -> binary(raw.array()));
    } else {
      list((List<?>) value);
    }
  }

  private void list(List<?> values) throws IOException {
    ascii("](");
    for (Object value : values) {
      value(value);
    }
    out.write('e');
  }

  private void binary(byte[] raw) throws IOException {
    out.write('B');
    out.writeInt(Integer.reverseBytes(raw.length));
    out.write(raw);
  }

  private void text(String text) throws IOException {
    byte[] raw = text.getBytes(StandardCharsets.UTF_8);
    out.write('X');
    out.writeInt(Integer.reverseBytes(raw.length));
    out.write(raw);
  }

  private void number(int value) throws IOException {
    out.write('J');
    out.writeInt(Integer.reverseBytes(value));
  }

  private void ascii(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.US_ASCII));
  }
}
