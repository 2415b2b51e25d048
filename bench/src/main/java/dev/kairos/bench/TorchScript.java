// SPDX-License-Identifier: Apache-2.0
package dev.kairos.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Packs a program written in TorchScript into the archive that libtorch loads: a zip of stored
 * entries with the source of one class {@code __torch__.M} and a pickled instance without fields.
 */
final class TorchScript {
  /** The operator set whose meaning the programs rely on. */
  private static final String VERSION = "10\n";

  /** Protocol 2: an empty tuple. */
  private static final byte[] NO_CONSTANTS = {(byte) 0x80, 2, ')', '.'};

  private static final String HEAD =
      "class M(Module):\n  __parameters__ = []\n  __buffers__ = []\n  training : bool\n";

  private TorchScript() {}

  /** A class made of methods that resources of this package hold, each of them some. */
  static String program(String... parts) {
    StringBuilder source = new StringBuilder(HEAD);
    for (String part : parts) {
      source.append(part(part));
    }
    return source.toString();
  }

  /** The methods in one resource. */
  static String part(String name) {
    try (InputStream in = TorchScript.class.getResourceAsStream(name + ".torchscript")) {
      if (in == null) {
        throw new IllegalArgumentException("no program " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The archive of a program. */
  static byte[] pack(String source) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      put(zip, "m/version", VERSION.getBytes(StandardCharsets.US_ASCII));
      put(zip, "m/data.pkl", instance());
      put(zip, "m/code/__torch__.py", source.getBytes(StandardCharsets.UTF_8));
      put(zip, "m/constants.pkl", NO_CONSTANTS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** Pickle, protocol 2: an object of class M whose state is {@code {"training": True}}. */
  private static byte[] instance() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(0x80);
    out.write(2);
    out.write("c__torch__\nM\n)".getBytes(StandardCharsets.US_ASCII));
    out.write(0x81); // a new object of that class, from the empty tuple
    out.write("}(X".getBytes(StandardCharsets.US_ASCII));
    byte[] key = "training".getBytes(StandardCharsets.US_ASCII);
    out.write(new byte[] {(byte) key.length, 0, 0, 0});
    out.write(key);
    out.write(0x88); // true
    out.write("ub.".getBytes(StandardCharsets.US_ASCII));
    return out.toByteArray();
  }

  private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
    CRC32 crc = new CRC32();
    crc.update(content);
    ZipEntry entry = new ZipEntry(name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(content.length);
    entry.setCrc(crc.getValue());
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }
}
