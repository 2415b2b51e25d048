// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli.label;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.kairos.kernels.KairosException;
import dev.kairos.methods.data.VideoFiles;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A server for one page on this machine. It listens on the loopback address alone and answers only
 * its own page, see {@link Guard}.
 */
public final class LabelServer implements Closeable {
  private static final byte[] LOOPBACK = {127, 0, 0, 1};
  private static final int LONGEST_CLICK = 1 << 16;
  private static final int BLOCK_BYTES = 1 << 16;

  private final HttpServer http;
  private final ExecutorService threads = Executors.newCachedThreadPool(LabelServer::daemon);
  private final Guard guard;
  private final Labelling labelling;
  private final Consumer<Throwable> bugs;

  private LabelServer(HttpServer http, Labelling labelling, Consumer<Throwable> bugs) {
    this.http = http;
    this.guard = new Guard(http.getAddress().getPort());
    this.labelling = labelling;
    this.bugs = bugs;
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "kairos-label");
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Begins to answer.
   *
   * @param port 0 for any that is free
   * @param bugs told what no answer has words for
   * @throws java.net.BindException if the port is taken
   */
  public static LabelServer start(int port, Labelling labelling, Consumer<Throwable> bugs)
      throws IOException {
    InetAddress loopback = InetAddress.getByAddress("127.0.0.1", LOOPBACK);
    HttpServer http = HttpServer.create(new InetSocketAddress(loopback, port), 0);
    LabelServer server = new LabelServer(http, labelling, bugs);
    http.createContext("/", server::answer);
    http.setExecutor(server.threads);
    http.start();
    return server;
  }

  /** Where the page is, with the secret. */
  public URI address() {
    return URI.create(
        "http://127.0.0.1:%d/%s/".formatted(http.getAddress().getPort(), guard.token()));
  }

  @Override
  public void close() {
    http.stop(0);
    threads.shutdownNow();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getRawPath();
      if (path == null || !guard.admits(path, exchange.getRequestHeaders())) {
        send(exchange, 403, LabelJson.error("not from this server's own page"));
        return;
      }
      int slash = path.indexOf('/', 1);
      try {
        route(exchange, slash < 0 ? "" : path.substring(slash + 1));
      } catch (KairosException | IllegalArgumentException e) {
        send(exchange, 400, LabelJson.error(words(e)));
      } catch (ClientGoneException e) {
        return; // a browser that has seen enough of a video
      } catch (IOException e) {
        send(exchange, 500, LabelJson.error(words(e)));
      } catch (RuntimeException | Error e) {
        bugs.accept(e);
        send(exchange, 500, LabelJson.error("a mistake in Kairos: " + words(e)));
      }
    }
  }

  private static String words(Throwable e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  private void route(HttpExchange exchange, String place) throws IOException {
    boolean post = exchange.getRequestMethod().equals("POST");
    int slash = place.indexOf('/');
    String what = slash < 0 ? place : place.substring(0, slash);
    String which = slash < 0 ? "" : place.substring(slash + 1);
    String route = (post ? "POST " : "GET ") + what + (slash < 0 ? "" : "/");
    switch (route) {
      case "GET " -> page(exchange);
      case "GET set" -> send(exchange, 200, labelling.set());
      case "GET state" -> send(exchange, 200, labelling.state());
      case "POST add" -> send(exchange, 200, labelling.add(click(exchange)));
      case "POST remove" -> send(exchange, 200, labelling.remove(click(exchange)));
      case "GET curves/" -> found(exchange, labelling.curves(which));
      case "GET video/" -> video(exchange, labelling.video(which));
      default -> send(exchange, 404, LabelJson.error("no such place"));
    }
  }

  private static void found(HttpExchange exchange, Optional<byte[]> body) throws IOException {
    if (body.isPresent()) {
      send(exchange, 200, body.get());
    } else {
      send(exchange, 404, LabelJson.error("no such recording"));
    }
  }

  /** A form of another page could not send this type without asking first. */
  private static LabelJson.Click click(HttpExchange exchange) throws IOException {
    String type = exchange.getRequestHeaders().getFirst("Content-Type");
    if (type == null || !type.startsWith("application/json")) {
      throw new IllegalArgumentException("expected application/json");
    }
    byte[] body = exchange.getRequestBody().readNBytes(LONGEST_CLICK + 1);
    if (body.length > LONGEST_CLICK) {
      throw new IllegalArgumentException("too long for a click");
    }
    return LabelJson.click(body);
  }

  private static void page(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("Content-Security-Policy", LabelPage.policy());
    byte[] html = LabelPage.html().getBytes(StandardCharsets.UTF_8);
    send(exchange, 200, "text/html; charset=utf-8", html);
  }

  private static void send(HttpExchange exchange, int status, byte[] json) throws IOException {
    send(exchange, status, "application/json", json);
  }

  private static void send(HttpExchange exchange, int status, String type, byte[] body)
      throws IOException {
    head(exchange, type);
    boolean none = exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(status, none ? -1 : body.length);
    if (!none) {
      exchange.getResponseBody().write(body);
    }
  }

  private static void head(HttpExchange exchange, String type) {
    Headers headers = exchange.getResponseHeaders();
    headers.set("Content-Type", type);
    headers.set("Cache-Control", "no-store");
    headers.set("Referrer-Policy", "no-referrer"); // the address is a secret
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Cross-Origin-Resource-Policy", "same-origin");
  }

  private static void video(HttpExchange exchange, Optional<Path> file) throws IOException {
    if (file.isEmpty()) {
      send(exchange, 404, LabelJson.error("no video of that recording"));
      return;
    }
    try (FileChannel channel = FileChannel.open(file.get())) {
      stream(exchange, channel, VideoFiles.type(file.get()));
    } catch (NoSuchFileException e) {
      send(exchange, 404, LabelJson.error("the video is gone"));
    }
  }

  private static void stream(HttpExchange exchange, FileChannel channel, String type)
      throws IOException {
    @Nullable String asked = exchange.getRequestHeaders().getFirst("Range");
    long size = channel.size();
    Optional<ByteRange> range = ByteRange.of(asked, size);
    exchange.getResponseHeaders().set("Accept-Ranges", "bytes");
    if (range.isEmpty()) {
      exchange.getResponseHeaders().set("Content-Range", "bytes */" + size);
      send(exchange, 416, LabelJson.error("no such part of the video"));
      return;
    }
    ByteRange part = range.get();
    boolean ranged = asked != null && asked.startsWith("bytes=");
    head(exchange, type);
    if (ranged) {
      exchange.getResponseHeaders().set("Content-Range", part.header(size));
    }
    boolean none = exchange.getRequestMethod().equals("HEAD") || part.length() == 0;
    exchange.sendResponseHeaders(ranged ? 206 : 200, none ? -1 : part.length());
    if (!none) {
      copy(channel.position(part.first()), part.length(), exchange.getResponseBody());
    }
  }

  private static void copy(FileChannel from, long length, OutputStream to) throws IOException {
    byte[] block = new byte[BLOCK_BYTES];
    var in = Channels.newInputStream(from);
    for (long left = length; left > 0; ) {
      int read = in.read(block, 0, (int) Math.min(block.length, left));
      if (read < 0) {
        throw new ClientGoneException(); // the file got shorter: all that can be done is to end
      }
      try {
        to.write(block, 0, read);
      } catch (IOException e) {
        throw new ClientGoneException();
      }
      left -= read;
    }
  }

  /** The answer has begun and cannot be ended. */
  private static final class ClientGoneException extends IOException {
    private static final long serialVersionUID = 1L;
  }
}
