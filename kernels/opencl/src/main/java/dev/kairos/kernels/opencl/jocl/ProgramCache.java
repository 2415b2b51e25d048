// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.opencl.jocl;

import dev.kairos.kernels.opencl.CacheFolder;
import dev.kairos.kernels.opencl.DeviceInfo;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Compiled programs from earlier starts, by what they were compiled from and for. Whatever goes
 * wrong here, the program is compiled again.
 */
final class ProgramCache {
  private final Optional<Path> file;

  ProgramCache(DeviceInfo info, String source, String options) {
    this.file = CacheFolder.open().map(folder -> folder.resolve(name(info, source, options)));
  }

  private static String name(DeviceInfo info, String source, String options) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (String part :
          new String[] {info.platform(), info.name(), info.driver(), options, source}) {
        digest.update(part.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
      }
      return HexFormat.of().formatHex(digest.digest(), 0, 16) + ".bin";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  Optional<byte[]> read() {
    try {
      return file.isPresent() && Files.isRegularFile(file.get())
          ? Optional.of(Files.readAllBytes(file.get()))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  void write(byte[] binary) {
    if (file.isEmpty()) {
      return;
    }
    Path target = file.get();
    try {
      Path aside = Files.createTempFile(target.getParent(), "program", ".tmp");
      try {
        Files.write(aside, binary);
        Files.move(aside, target, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(aside);
      }
    } catch (IOException e) {
      return; // the next start compiles again
    }
  }
}
