// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli.label;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrowserTest {
  private static final URI PAGE = URI.create("http://127.0.0.1:1/x/");

  @TempDir Path folder;

  @Test
  void opensOneOnlyWhereThereIsAScreenAndAProgram() throws IOException {
    Path program = Files.createFile(folder.resolve("xdg-open"));
    assertTrue(program.toFile().setExecutable(true));
    String path = folder.toString();
    assertEquals(List.of(), new Browser(Map.of("PATH", path), "Linux").command(PAGE));
    assertEquals(List.of(), new Browser(Map.of("DISPLAY", ":0"), "Linux").command(PAGE));
    assertEquals(
        List.of("xdg-open", PAGE.toString()),
        new Browser(Map.of("PATH", path, "DISPLAY", ":0"), "Linux").command(PAGE));
    assertEquals(List.of("open", PAGE.toString()), new Browser(Map.of(), "Mac OS X").command(PAGE));
    assertEquals("rundll32", new Browser(Map.of(), "Windows 11").command(PAGE).get(0));
  }

  @Test
  void aProgramThatIsNotThereIsNoError() {
    assertFalse(new Browser(Map.of(), "Linux").open(PAGE));
  }
}
