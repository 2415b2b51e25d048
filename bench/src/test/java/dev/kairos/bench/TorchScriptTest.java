// SPDX-License-Identifier: Apache-2.0
package dev.kairos.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;

class TorchScriptTest {
  @Test
  void archiveHoldsTheSource() throws IOException {
    String source = TorchScript.program("matmul");
    Map<String, byte[]> entries = new LinkedHashMap<>();
    try (ZipInputStream zip =
        new ZipInputStream(new ByteArrayInputStream(TorchScript.pack(source)))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        assertEquals(ZipEntry.STORED, entry.getMethod());
        entries.put(entry.getName(), zip.readAllBytes());
      }
    }
    byte[] code = entries.get("m/code/__torch__.py");
    assertEquals(source, new String(code, StandardCharsets.UTF_8));
    assertTrue(entries.keySet().stream().anyMatch("m/data.pkl"::equals));
    assertTrue(source.startsWith("class M(Module):\n"), source);
  }

  @Test
  void leavesOfTheGradientFollowTheProgram() {
    assertTrue(TorchGradients.program(true, "conv1d").contains("[x]"));
    assertTrue(TorchGradients.program(false, "conv1d").contains("List[Tensor], [])"));
  }

  @Test
  void refusesAnUnknownPart() {
    assertThrows(IllegalArgumentException.class, () -> TorchScript.part("nothing"));
  }
}
