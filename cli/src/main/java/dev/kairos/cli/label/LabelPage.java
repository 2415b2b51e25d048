// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli.label;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** The page as one text, and the policy that forbids it all but its own script and this server. */
final class LabelPage {
  private LabelPage() {}

  static String html() {
    return resource("label.html")
        .replace("/* label.css */", resource("label.css"))
        .replace("/* scripts */", script());
  }

  /** The Content-Security-Policy of the page. */
  static String policy() {
    return "default-src 'none'; connect-src 'self'; media-src 'self'; img-src data:; "
        + "frame-ancestors 'none'; base-uri 'none'; form-action 'none'; style-src 'unsafe-inline'; "
        + ("script-src 'sha256-" + sha256(script()) + "'");
  }

  private static String script() {
    return resource("timeline.js") + resource("label.js");
  }

  private static String sha256(String script) {
    try {
      byte[] bytes = script.getBytes(StandardCharsets.UTF_8);
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }

  private static String resource(String name) {
    try (InputStream in = LabelPage.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("label: resource " + name + " is not in the jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
