// SPDX-License-Identifier: Apache-2.0
package examples;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.kairos.Localizer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/**
 * A server that finds actions: one {@link Localizer}, which any number of threads may ask. A
 * request is a line of numbers per snippet; the answer is what {@code kairos localize} writes.
 */
public class LocalizeServer {
  private final Localizer localizer;

  LocalizeServer(Localizer localizer) {
    this.localizer = localizer;
  }

  void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body =
          new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      int status = 200;
      String text;
      try {
        text = localizer.localize(rows(body)).toJson();
      } catch (IllegalArgumentException e) { // not what the network was trained on
        status = 400;
        text = String.valueOf(e.getMessage());
      }
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private static float[][] rows(String body) {
    return body.lines()
        .map(
            line -> {
              String[] words = line.strip().split(" +");
              float[] row = new float[words.length];
              for (int d = 0; d < row.length; d++) {
                row[d] = Float.parseFloat(words[d]);
              }
              return row;
            })
        .toArray(float[][]::new);
  }

  public static void main(String[] arguments) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try (Localizer localizer = TrainFromMemory.train().localizer()) {
      InetSocketAddress place = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
      HttpServer server = HttpServer.create(place, 0);
      server.setExecutor(threads);
      server.createContext("/localize", new LocalizeServer(localizer)::answer);
      server.start();
      ask(URI.create("http://localhost:" + server.getAddress().getPort() + "/localize"));
      server.stop(0);
    } finally {
      threads.shutdownNow();
    }
  }

  /** Sixty-four clients at once. */
  private static void ask(URI server) throws Exception {
    float[][] rows = TrainFromMemory.signals(new Random(2), "high", 25);
    String body =
        Arrays.stream(rows)
            .map(row -> Arrays.toString(row).replaceAll("[\\[\\],]", ""))
            .collect(Collectors.joining("\n"));
    HttpClient client = HttpClient.newHttpClient();
    HttpRequest request =
        HttpRequest.newBuilder(server).POST(HttpRequest.BodyPublishers.ofString(body)).build();
    List<CompletableFuture<String>> answers = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      answers.add(
          client.sendAsync(request, BodyHandlers.ofString()).thenApply(found -> found.body()));
    }
    List<String> texts = answers.stream().map(CompletableFuture::join).toList();
    System.out.println(texts.size() + " answers, different: " + new HashSet<>(texts).size());
    System.out.println("an action: " + texts.get(0).contains("\"label\":\"high\""));
  }
}
