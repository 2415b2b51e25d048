// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kairos.kernels.Backend;
import dev.kairos.kernels.BackendOptions;
import dev.kairos.kernels.Backends;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A device that is lost in the middle of a training. */
class LostDeviceTest {
  @TempDir Path folder;
  private Path data = Path.of("");
  private byte[] undisturbed = {};

  @BeforeEach
  void trainUndisturbed() throws IOException {
    data = TinyData.write(folder.resolve("data"));
    Path run = folder.resolve("undisturbed");
    assertEquals(0, TinyData.train(data, run).code());
    undisturbed = checkpoint(run);
    System.setProperty(BrittleProvider.LIFE, "60"); // in the middle of the twelve steps
  }

  @AfterEach
  void forget() {
    System.clearProperty(BrittleProvider.LIFE);
  }

  private static byte[] checkpoint(Path run) throws IOException {
    return Files.readAllBytes(run.resolve("checkpoint.safetensors"));
  }

  /** Who leaves it open what computes gets a result, the same as without a device. */
  @Test
  void theProcessorGoesOn() throws IOException {
    Path out = folder.resolve("run");
    Run run = TinyData.train(data, out, "--backend", "auto", "--checkpoint-seconds", 0);
    assertEquals(0, run.code(), run.err());
    assertTrue(run.err().contains("backend "), run.err());
    assertTrue(run.err().contains("KDEV-004: brittle: lost; going on with"), run.err());
    assertArrayEquals(undisturbed, checkpoint(out));
    JsonNode origin = new ObjectMapper().readTree(out.resolve("provenance.json").toFile());
    assertEquals("brittle", origin.get("arithmetic").asText());
    assertEquals(1, origin.get("continued_with").size(), origin.toString());
    try (Backend processor = Backends.open(Backends.CPU, BackendOptions.of(1))) {
      assertEquals(processor.arithmetic(), origin.get("continued_with").get(0).asText());
    }
  }

  /** Who named the device decides; nothing is lost. */
  @Test
  void whoNamedTheDeviceIsTold() throws IOException {
    Path out = folder.resolve("run");
    Run run = TinyData.train(data, out, "--backend", "brittle", "--checkpoint-seconds", 0);
    assertEquals(1, run.code(), run.err());
    assertTrue(run.err().contains("kairos: KDEV-004: brittle: lost"), run.err());
    String advice = "try: saved; go on with: kairos train basnet --data ";
    assertTrue(run.err().contains(advice), run.err());
    assertTrue(run.err().contains("--resume --backend cpu"), run.err());
    Run resumed = TinyData.resume(data, out, "--backend", "cpu");
    assertEquals(0, resumed.code(), resumed.err());
    assertArrayEquals(undisturbed, checkpoint(out));
  }

  /** Before anything was saved, there is nothing to go on with, and the run is begun again. */
  @Test
  void lostBeforeAnythingWasSaved() throws IOException {
    System.setProperty(BrittleProvider.LIFE, "0");
    Path out = folder.resolve("run");
    Run run = TinyData.train(data, out, "--backend", "auto");
    assertEquals(0, run.code(), run.err());
    assertArrayEquals(undisturbed, checkpoint(out));
  }

  @Test
  void aDeviceIsChosenOnlyWhereThereAreSome() {
    Run run = TinyData.train(data, folder.resolve("run"), "--device", "1");
    assertEquals(2, run.code(), run.err());
    assertTrue(run.err().contains("--device: backend cpu has only the processor"), run.err());
    assertTrue(run.err().contains("--backend opencl"), run.err());
  }
}
