// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli.label;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kairos.cli.report.Chromium;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** A browser without a window whose mouse and keys the test has, over the DevTools protocol. */
final class LiveChromium implements AutoCloseable, WebSocket.Listener {
  private static final int WAIT_SECONDS = 60;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Process process;
  private final WebSocket socket;
  private final Map<Integer, CompletableFuture<JsonNode>> open = new ConcurrentHashMap<>();
  private final List<String> complaints = new CopyOnWriteArrayList<>();
  private final StringBuilder text = new StringBuilder();
  private int last;

  /** Opens a page; without a browser the test is skipped. */
  LiveChromium(Path scratch, URI page) throws Exception {
    Path profile = Files.createDirectory(scratch.resolve("live-profile"));
    process =
        new ProcessBuilder(
                Chromium.require(scratch).program().toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-dev-shm-usage",
                "--window-size=1280,860",
                "--user-data-dir=" + profile,
                "--remote-debugging-port=0",
                "--remote-allow-origins=*")
            .redirectErrorStream(true)
            .redirectOutput(scratch.resolve("live-log").toFile())
            .start();
    HttpClient http = HttpClient.newHttpClient();
    HttpRequest create =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + port(profile) + "/json/new?about:blank"))
            .PUT(HttpRequest.BodyPublishers.noBody())
            .build();
    JsonNode tab = JSON.readTree(http.send(create, HttpResponse.BodyHandlers.ofString()).body());
    socket =
        http.newWebSocketBuilder()
            .buildAsync(URI.create(tab.get("webSocketDebuggerUrl").asText()), this)
            .get(WAIT_SECONDS, TimeUnit.SECONDS);
    send("Runtime.enable", JSON.createObjectNode());
    send("Log.enable", JSON.createObjectNode());
    send("Page.navigate", JSON.createObjectNode().put("url", page.toString()));
  }

  private int port(Path profile) throws IOException, InterruptedException {
    Path file = profile.resolve("DevToolsActivePort");
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_SECONDS);
    while (!Files.exists(file) || Files.readString(file).lines().count() < 2) {
      assertTrue(process.isAlive() && System.nanoTime() < deadline, "the browser does not start");
      Thread.sleep(20);
    }
    return Integer.parseInt(Files.readAllLines(file).get(0));
  }

  @Override
  public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean end) {
    text.append(data);
    if (end) {
      hear(text.toString());
      text.setLength(0);
    }
    from.request(1);
    return CompletableFuture.completedFuture(null);
  }

  private void hear(String message) {
    try {
      JsonNode node = JSON.readTree(message);
      String method = node.path("method").asText();
      if (node.has("id")) {
        CompletableFuture<JsonNode> waiting = open.remove(node.get("id").asInt());
        if (waiting != null) {
          waiting.complete(node);
        }
      } else if (method.equals("Runtime.exceptionThrown") || method.equals("Log.entryAdded")) {
        complaints.add(message);
      }
    } catch (IOException e) {
      complaints.add(message);
    }
  }

  private JsonNode send(String method, ObjectNode parameters) throws Exception {
    int id = ++last;
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    open.put(id, answer);
    ObjectNode message = JSON.createObjectNode().put("id", id).put("method", method);
    message.set("params", parameters);
    socket.sendText(message.toString(), true).get(WAIT_SECONDS, TimeUnit.SECONDS);
    return answer.get(WAIT_SECONDS, TimeUnit.SECONDS);
  }

  /** What the page's scripts complained about. */
  List<String> complaints() {
    return complaints;
  }

  /** The value of an expression in the page. */
  JsonNode value(String expression) throws Exception {
    ObjectNode parameters =
        JSON.createObjectNode().put("expression", expression).put("returnByValue", true);
    JsonNode answer = send("Runtime.evaluate", parameters).path("result");
    assertTrue(!answer.has("exceptionDetails"), expression + ": " + answer);
    return answer.path("result").path("value");
  }

  /** Waits until an expression in the page is true; while it fails it is not. */
  void await(String expression) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_SECONDS);
    String tried = "(() => { try { return " + expression + "; } catch (e) { return false; } })()";
    while (!value(tried).asBoolean()) {
      assertTrue(System.nanoTime() < deadline, expression + " does not become true");
      Thread.sleep(25);
    }
  }

  /** Clicks into an element, so many pixels from its corner. */
  void click(String id, double x, double y) throws Exception {
    String box = "document.getElementById('" + id + "').getBoundingClientRect()";
    double left = value(box + ".left").asDouble() + x;
    double top = value(box + ".top").asDouble() + y;
    for (String type : List.of("mouseMoved", "mousePressed", "mouseReleased")) {
      send(
          "Input.dispatchMouseEvent",
          JSON.createObjectNode()
              .put("type", type)
              .put("x", left)
              .put("y", top)
              .put("button", type.equals("mouseMoved") ? "none" : "left")
              .put("clickCount", type.equals("mouseMoved") ? 0 : 1));
    }
  }

  /** Presses a key and lets it go. */
  void key(String key) throws Exception {
    for (String type : List.of("keyDown", "keyUp")) {
      send("Input.dispatchKeyEvent", JSON.createObjectNode().put("type", type).put("key", key));
    }
  }

  @Override
  public void close() throws Exception {
    socket.abort();
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().waitFor();
  }
}
