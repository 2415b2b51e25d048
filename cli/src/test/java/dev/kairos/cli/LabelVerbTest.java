// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.methods.data.Dataset;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelVerbTest {
  @TempDir Path folder;

  private Path data = Path.of("");
  private final List<Process> started = new ArrayList<>();

  @BeforeEach
  void writeData() throws IOException {
    data = TinyData.write(folder.resolve("data"));
    Files.delete(data.resolve("points.csv"));
  }

  @AfterEach
  void endAll() {
    started.forEach(Process::destroyForcibly);
  }

  private URI start() throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Process process =
        new ProcessBuilder(
                java,
                "-cp",
                System.getProperty("java.class.path"),
                "dev.kairos.cli.Main",
                "label",
                "--data",
                data.toString(),
                "--no-browser")
            .redirectError(err().toFile())
            .redirectOutput(folder.resolve("out").toFile())
            .start();
    started.add(process);
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!Files.readString(folder.resolve("out")).endsWith("/\n")) {
      assertTrue(process.isAlive() && System.nanoTime() < deadline, Files.readString(err()));
      Thread.sleep(20);
    }
    return URI.create(Files.readString(folder.resolve("out")).strip());
  }

  private Path err() {
    return folder.resolve("err");
  }

  private static HttpRequest click(URI page, String id, double seconds) {
    String json = "{\"id\":\"%s\",\"label\":\"Action00\",\"seconds\":%s}".formatted(id, seconds);
    return HttpRequest.newBuilder(page.resolve("add"))
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(json))
        .build();
  }

  @Test
  void killedInTheMiddleLeavesAWholeFileWithEveryClickThatWasAnswered() throws Exception {
    URI page = start();
    Process process = started.get(0);
    String id = Dataset.open(data).recordings().get(0).id();
    HttpClient http = HttpClient.newHttpClient();
    int answered = 0;
    try {
      for (int i = 0; i < 100_000; i++) {
        http.send(click(page, id, i / 1e5), HttpResponse.BodyHandlers.discarding());
        answered++;
        if (answered == 40) {
          new Thread(process::destroyForcibly).start();
        }
      }
    } catch (IOException e) {
      assertTrue(answered >= 40, e.toString());
    }
    process.waitFor();
    int kept = Dataset.open(data).recording(id).points().size();
    assertTrue(kept == answered || kept == answered + 1, kept + " of " + answered);

    URI again = start(); // what a dead process left is in nobody's way
    http.send(click(again, id, 0.9999), HttpResponse.BodyHandlers.discarding());
    Run second = Run.of("label", "--data", data, "--no-browser");
    assertEquals(3, second.code(), second.err());
    assertTrue(second.err().contains("KDATA-142"), second.err());
    assertTrue(second.err().contains("(process " + started.get(1).pid() + ")"), second.err());
    started.get(1).destroy(); // SIGTERM, as Ctrl-C
    assertTrue(started.get(1).waitFor(60, TimeUnit.SECONDS), "hangs");
    String said = Files.readString(err());
    assertEquals(0, started.get(1).exitValue(), said);
    assertTrue(said.contains("1 point set, 0 taken away"), said);
    assertTrue(said.contains("holds " + (kept + 1) + " points in 1 recording"), said);
    assertEquals(kept + 1, Dataset.open(data).recording(id).points().size());
    assertFalse(Files.exists(data.resolve(".points.lock")));
  }

  @Test
  void aRuntimeWithoutServersLacksThisVerbAlone() throws Exception {
    for (String verb : List.of("label", "inspect")) {
      String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
      List<String> words =
          new ArrayList<>(
              List.of(
                  java,
                  "--limit-modules",
                  "java.base,java.logging",
                  "-cp",
                  System.getProperty("java.class.path"),
                  "dev.kairos.cli.Main",
                  verb));
      words.addAll(verb.equals("label") ? List.of("--data", "" + data) : List.of("" + data));
      Process process = new ProcessBuilder(words).redirectError(err().toFile()).start();
      started.add(process);
      process.getInputStream().transferTo(OutputStream.nullOutputStream());
      assertEquals(verb.equals("label") ? 2 : 0, process.waitFor(), Files.readString(err()));
      assertEquals(verb.equals("label"), Files.readString(err()).contains("jdk.httpserver"));
    }
  }

  @Test
  void refusesWhatItCannotUse() throws IOException {
    assertEquals(2, Run.of("label", "--data", data, "--port", 70_000).code());
    Run unknown = Run.of("label", "--data", data, "--class", "Nothing");
    assertTrue(unknown.code() != 0 && unknown.err().contains("Nothing"), unknown.err());
    assertEquals(3, Run.of("label", "--data", data, "--videos", folder.resolve("none")).code());
    assertEquals(3, Run.of("label", "--data", data, "--subset", "none").code());
    Files.writeString(data.resolve("points.csv"), "id,class,seconds\nnobody,Action00,1\n");
    Run stranger = Run.of("label", "--data", data);
    assertEquals(3, stranger.code(), stranger.err());
    assertTrue(stranger.err().contains("unknown recording 'nobody'"), stranger.err());
    Files.delete(data.resolve("points.csv"));
    Files.createDirectory(data.resolve(".points.lock")); // it cannot be written there
    Run unwritable = Run.of("label", "--data", data);
    assertEquals(3, unwritable.code(), unwritable.err());
  }
}
