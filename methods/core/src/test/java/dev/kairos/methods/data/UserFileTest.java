// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kairos.methods.evaluation.DetectionFile;
import dev.kairos.methods.evaluation.EvaluationFile;
import dev.kairos.methods.files.UserFile;
import dev.kairos.methods.run.MetricsLog;
import java.io.IOException;
import java.io.InputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Nothing here may block: a pipe that nobody writes to is never opened. */
@Timeout(60)
class UserFileTest {
  @TempDir Path folder;

  private Path pipe() throws IOException, InterruptedException {
    Path pipe = folder.resolve("pipe");
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/mkfifo")), "no mkfifo");
    assertEquals(0, new ProcessBuilder("/usr/bin/mkfifo", pipe.toString()).start().waitFor());
    return pipe;
  }

  @Test
  void aPipeIsRefusedByEveryReader() throws Exception {
    Path pipe = pipe();
    Refused.with("KDATA-138", () -> UserFile.open(pipe), "pipe: is a pipe, expected a regular");
    Refused.with("KDATA-138", () -> DetectionFile.read(pipe), "is a pipe");
    Refused.with("KDATA-138", () -> EvaluationFile.read(pipe), "is a pipe");
    Refused.with("KDATA-138", () -> MetricsLog.read(pipe), "is a pipe");
    Refused.with("KDATA-101", () -> AnnotationFile.read(pipe), "is a pipe");
    Refused.with("KDATA-101", () -> DatasetDescription.read(pipe), "is a pipe");
    Refused.with("KDATA-101", () -> PointFile.read(pipe, Map.of(), List.of(), ""), "is a pipe");
    FeatureStream stream = new FeatureStream("rgb", 3);
    Refused.with("KDATA-131", () -> FeatureFile.join(List.of(pipe), List.of(stream)), "is a pipe");
  }

  @Test
  void aSocketAndADeviceAreRefused() throws IOException {
    Path socket = folder.resolve("socket");
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      ServerSocketChannel bound = server.bind(UnixDomainSocketAddress.of(socket));
      assertTrue(bound.isOpen());
      Refused.with("KDATA-138", () -> UserFile.open(socket), "is a socket");
    }
    Path device = Path.of("/dev/zero");
    assumeTrue(Files.exists(device), "no /dev/zero");
    Refused.with("KDATA-138", () -> UserFile.open(device), "is a device");
  }

  @Test
  void aFileAndALinkToOneAreOpened() throws IOException {
    Path file = Files.writeString(folder.resolve("a.txt"), "text");
    Path link = Files.createSymbolicLink(folder.resolve("b.txt"), file);
    try (InputStream in = UserFile.open(link)) {
      assertEquals("text", new String(in.readAllBytes(), UTF_8));
    }
    assertThrows(NoSuchFileException.class, () -> UserFile.open(folder.resolve("none")));
    Refused.with("KDATA-138", () -> UserFile.open(folder), "is a folder");
  }
}
