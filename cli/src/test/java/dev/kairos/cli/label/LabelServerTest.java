// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli.label;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kairos.methods.data.Dataset;
import dev.kairos.methods.data.DatasetDescription;
import dev.kairos.methods.data.FeatureSequence;
import dev.kairos.methods.data.FeatureStream;
import dev.kairos.methods.data.Recording;
import dev.kairos.methods.data.VideoFiles;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelServerTest {
  @TempDir Path scratch;

  /** An answer; each character of its body is a byte. */
  private record Answer(int status, String head, String body) {
    JsonNode json() throws IOException {
      return new ObjectMapper().readTree(bytes());
    }

    byte[] bytes() {
      return body.getBytes(StandardCharsets.ISO_8859_1);
    }

    String text() {
      return new String(bytes(), StandardCharsets.UTF_8);
    }
  }

  /** Speaks HTTP as no library would: with any header, and a path as it stands. */
  private static Answer ask(URI server, String method, String path, String headers, String body)
      throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    String head =
        "%s %s HTTP/1.1\r\n%sConnection: close\r\nContent-Length: %d\r\n\r\n"
            .formatted(method, path, headers, bytes.length);
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.getPort())) {
      socket.getOutputStream().write(head.getBytes(StandardCharsets.UTF_8));
      socket.getOutputStream().write(bytes);
      byte[] all = socket.getInputStream().readAllBytes();
      String text = new String(all, StandardCharsets.ISO_8859_1);
      int end = text.indexOf("\r\n\r\n") + 4;
      return new Answer(
          Integer.parseInt(text.substring(9, 12)), text.substring(0, end), text.substring(end));
    }
  }

  private static String host(URI server) {
    return "Host: 127.0.0.1:" + server.getPort() + "\r\n";
  }

  private static Answer get(URI server, String place) throws IOException {
    return ask(server, "GET", server.getRawPath() + place, host(server), "");
  }

  private static Answer post(URI server, String place, String json) throws IOException {
    String headers = host(server) + "Content-Type: application/json\r\n";
    return ask(server, "POST", server.getRawPath() + place, headers, json);
  }

  private static String click(String id, String label, double seconds) {
    return "{\"id\":\"%s\",\"label\":\"%s\",\"seconds\":%s}".formatted(id, label, seconds);
  }

  @Test
  void onlyItsOwnPageIsAnswered() throws IOException {
    try (LabelFixture fixture = LabelFixture.small(scratch.resolve("data"))) {
      URI server = fixture.server.address();
      String path = server.getRawPath();
      assertEquals(200, get(server, "").status());
      assertEquals(403, ask(server, "GET", "/", host(server), "").status());
      assertEquals(403, ask(server, "GET", "/set", host(server), "").status());
      String wrong = path.replaceFirst("[0-9a-f]", path.charAt(1) == '0' ? "1" : "0");
      assertEquals(403, ask(server, "GET", wrong, host(server), "").status());
      assertEquals(403, ask(server, "GET", wrong + "set", host(server), "").status());
      for (String other :
          List.of(
              "Host: evil.example\r\n",
              "Host: evil.example:" + server.getPort() + "\r\n",
              "Host: 127.0.0.1\r\n",
              host(server) + "Origin: http://evil.example\r\n",
              host(server) + "Origin: null\r\n",
              host(server) + "Origin: https://127.0.0.1:" + server.getPort() + "\r\n",
              host(server) + "Origin: http://127.0.0.1:" + (server.getPort() ^ 1) + "\r\n",
              host(server) + "Sec-Fetch-Site: cross-site\r\n")) {
        assertEquals(403, ask(server, "GET", path, other, "").status(), other);
        String type = other + "Content-Type: application/json\r\n";
        String id = fixture.dataset.recordings().get(0).id();
        assertEquals(
            403, ask(server, "POST", path + "add", type, click(id, "Action00", 1)).status(), other);
      }
      assertFalse(Files.exists(fixture.folder.resolve("points.csv")));
      Answer page = get(server, "");
      assertTrue(page.head().contains("script-src 'sha256-"), page.head());
      assertTrue(page.head().contains("Referrer-policy: no-referrer"), page.head());
      assertFalse(page.text().contains("http://") || page.text().contains("https://"), "offline");
    }
  }

  @Test
  void whatItDoesNotKnowIsNotFound() throws IOException {
    try (LabelFixture fixture = LabelFixture.small(scratch.resolve("data"))) {
      URI server = fixture.server.address();
      for (String place :
          List.of(
              "curves/../../../../etc/passwd",
              "curves/..%2f..%2fetc%2fpasswd",
              "video/../points.csv",
              "video/%2e%2e%2fpoints.csv",
              "video/0",
              "video/-1",
              "curves/99999",
              "curves/999999999999",
              "curves/",
              "add",
              "nothing",
              "../set")) {
        assertEquals(404, get(server, place).status(), place);
      }
      assertEquals(404, ask(server, "PUT", server.getRawPath() + "add", host(server), "").status());
      assertEquals(List.of(), fixture.bugs);
    }
  }

  @Test
  void clicksThatCannotBeAreRefused() throws IOException {
    try (LabelFixture fixture = LabelFixture.small(scratch.resolve("data"))) {
      URI server = fixture.server.address();
      String id = fixture.dataset.recordings().get(0).id();
      for (String body :
          List.of(
              "",
              "[]",
              "{",
              "{}",
              click("nobody", "Action00", 1),
              click(id, "Nothing", 1),
              click(id, "Action00", -1),
              click(id, "Action00", 1e9),
              "{\"id\":\"" + id + "\",\"label\":\"Action00\",\"seconds\":\"1\"}",
              "{\"id\":\"" + id + "\",\"label\":\"Action00\",\"seconds\":1,\"more\":{}}",
              "{\"id\":\"" + "x".repeat(1 << 17) + "\"}")) {
        Answer answer = post(server, "add", body);
        assertEquals(400, answer.status(), body + answer.text());
        assertTrue(answer.json().has("error"), answer.text());
      }
      String form = host(server) + "Content-Type: text/plain\r\n";
      String add = server.getRawPath() + "add";
      assertEquals(400, ask(server, "POST", add, form, click(id, "Action00", 1)).status());
      assertFalse(Files.exists(fixture.folder.resolve("points.csv")));
      assertEquals(List.of(), fixture.bugs);
      assertEquals(0, fixture.labelling.failed());
    }
  }

  @Test
  void clicksOfManyWindowsAtOnceAreAllKept() throws IOException {
    try (LabelFixture fixture = LabelFixture.small(scratch.resolve("data"))) {
      URI server = fixture.server.address();
      List<Recording> recordings = fixture.dataset.recordings();
      int clicks = 120;
      List<Integer> answers =
          IntStream.range(0, clicks)
              .parallel()
              .mapToObj(
                  i -> {
                    try {
                      String id = recordings.get(i % 4).id();
                      return post(server, "add", click(id, "Action0" + i % 3, i / 100.0)).status();
                    } catch (IOException e) {
                      throw new java.io.UncheckedIOException(e);
                    }
                  })
              .toList();
      assertTrue(answers.stream().allMatch(status -> status == 200), answers.toString());
      assertEquals(clicks + 1, fixture.lines().size());
      assertEquals(clicks, fixture.labelling.added());
      String id = recordings.get(0).id();
      assertEquals(200, post(server, "add", click(id, "Action00", 0)).status());
      assertEquals(clicks + 1, fixture.lines().size(), "the same point once more is one point");
      assertEquals(200, post(server, "remove", click(id, "Action00", 0)).status());
      assertEquals(200, post(server, "remove", click(id, "Action00", 0)).status());
      assertEquals(clicks, fixture.lines().size());
      assertEquals(1, fixture.labelling.removed());
    }
  }

  @Test
  void annotatedSegmentsStayHidden() throws IOException {
    try (LabelFixture fixture = LabelFixture.small(scratch.resolve("data"))) {
      JsonNode curves = get(fixture.server.address(), "curves/0").json();
      assertEquals(0, curves.get("truth").size());
      assertEquals(4, curves.get("curves").size(), "norm and change of two streams");
      assertFalse(curves.toString().contains("Action"), curves.toString());
    }
  }

  private static Dataset inMemory(int recordings) {
    DatasetDescription description =
        new DatasetDescription(
            "many", List.of(new FeatureStream("rgb", 2)), 10, 10, List.of("a, b", "c"), "", "");
    FeatureSequence features = FeatureSequence.of(3, 2, new float[] {1, 2, 3, 4, 5, 6});
    Map<Recording, FeatureSequence> all = new LinkedHashMap<>();
    for (int i = 0; i < recordings; i++) {
      all.put(new Recording("v" + i, "train", 3, List.of(), List.of()), features);
    }
    return Dataset.of(description, all);
  }

  @Test
  void tenThousandRecordingsOpenFast() throws IOException {
    Path folder = Files.createDirectory(scratch.resolve("many"));
    try (LabelFixture fixture = LabelFixture.of(folder, inMemory(10_000), VideoFiles.none())) {
      URI server = fixture.server.address();
      get(server, "set");
      long begun = System.nanoTime();
      Answer set = get(server, "set");
      assertEquals(200, post(server, "add", click("v9999", "a, b", 1.5)).status());
      double seconds = (System.nanoTime() - begun) * 1e-9;
      assertEquals(10_000, set.json().get("recordings").size());
      assertTrue(set.bytes().length < 2_000_000, "bytes: " + set.bytes().length);
      assertTrue(seconds < 5, "seconds: " + seconds);
      assertEquals(List.of("id,class,seconds", "v9999,\"a, b\",1.5"), fixture.lines());
    }
  }

  @Test
  void videosAreServedInParts() throws IOException {
    Path folder = Files.createDirectory(scratch.resolve("one"));
    Path films = Files.createDirectory(scratch.resolve("films"));
    byte[] film = new byte[100_000];
    for (int i = 0; i < film.length; i++) {
      film[i] = (byte) (i * 31);
    }
    Files.write(films.resolve("v1.webm"), film);
    Files.writeString(films.resolve("v2.txt"), "no video");
    VideoFiles videos = VideoFiles.in(films, List.of("v0", "v1", "v2"));
    assertEquals(1, videos.size());
    try (LabelFixture fixture = LabelFixture.of(folder, inMemory(3), videos)) {
      URI server = fixture.server.address();
      String path = server.getRawPath() + "video/1";
      Answer whole = get(server, "video/1");
      assertEquals(200, whole.status());
      assertEquals(film.length, whole.bytes().length);
      assertTrue(whole.head().contains("Content-type: video/webm"), whole.head());
      Answer part = ask(server, "GET", path, host(server) + "Range: bytes=1000-1999\r\n", "");
      assertEquals(206, part.status());
      assertTrue(part.head().contains("Content-range: bytes 1000-1999/100000"), part.head());
      assertEquals(1000, part.bytes().length);
      assertEquals(film[1000], part.bytes()[0]);
      Answer end = ask(server, "GET", path, host(server) + "Range: bytes=-10\r\n", "");
      assertEquals(206, end.status());
      assertEquals(film[film.length - 10], end.bytes()[0]);
      Answer open = ask(server, "GET", path, host(server) + "Range: bytes=99990-\r\n", "");
      assertEquals(10, open.bytes().length);
      Answer behind = ask(server, "GET", path, host(server) + "Range: bytes=100000-\r\n", "");
      assertEquals(416, behind.status());
      assertEquals(
          200, ask(server, "GET", path, host(server) + "Range: lines=1-2\r\n", "").status());
      assertEquals(404, get(server, "video/2").status());
    }
  }
}
