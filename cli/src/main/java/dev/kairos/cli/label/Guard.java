// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli.label;

import com.sun.net.httpserver.Headers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/**
 * Who may speak to the server: only a page that it sent itself. The address holds a secret that no
 * other page knows; the Host header keeps out names that were made to point here, and the Origin
 * header whatever another page sends.
 */
final class Guard {
  private static final int TOKEN_BYTES = 16;

  private final String token;
  private final Set<String> hosts;
  private final Set<String> origins;

  /** A guard of a port with a secret of its own. */
  Guard(int port) {
    byte[] secret = new byte[TOKEN_BYTES];
    new SecureRandom().nextBytes(secret);
    token = HexFormat.of().formatHex(secret);
    hosts = Set.of("127.0.0.1:" + port, "localhost:" + port);
    origins = Set.of("http://127.0.0.1:" + port, "http://localhost:" + port);
  }

  /** The first part of every path. */
  String token() {
    return token;
  }

  /**
   * Whether a request comes from this server's own page, or from somebody who typed its address.
   */
  boolean admits(String path, Headers headers) {
    return hasToken(path) && isOwnHost(headers) && isOwnOrigin(headers) && isOwnSite(headers);
  }

  private boolean hasToken(String path) {
    int end = path.indexOf('/', 1);
    String given = path.isEmpty() ? "" : path.substring(1, end < 0 ? path.length() : end);
    return MessageDigest.isEqual(bytes(given), bytes(token));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private boolean isOwnHost(Headers headers) {
    List<String> given = headers.getOrDefault("Host", List.of());
    return given.size() == 1 && hosts.contains(given.get(0));
  }

  private boolean isOwnOrigin(Headers headers) {
    return headers.getOrDefault("Origin", List.of()).stream().allMatch(origins::contains);
  }

  private static boolean isOwnSite(Headers headers) {
    return headers.getOrDefault("Sec-Fetch-Site", List.of()).stream()
        .allMatch(site -> site.equals("same-origin") || site.equals("none"));
  }
}
