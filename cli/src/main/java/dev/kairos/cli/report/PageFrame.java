// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** What all pages share: the head that forbids every request, the styles, and cells of a table. */
final class PageFrame {
  private PageFrame() {}

  /**
   * A page up to its first section.
   *
   * @param script the only one it may run, empty for none
   */
  static Markup begin(String title, String script) {
    Markup page = new Markup();
    page.raw("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    page.raw("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; ");
    page.raw("style-src 'unsafe-inline'; img-src data:");
    page.raw(script.isEmpty() ? "" : "; script-src 'sha256-" + sha256(script) + "'").raw("\">\n");
    page.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    page.raw("<meta name=\"color-scheme\" content=\"light dark\">\n");
    page.raw("<link rel=\"icon\" href=\"data:,\">\n");
    page.element("title", title).raw("\n<style>\n").raw(resource("report.css"));
    page.raw("</style>\n</head>\n<body>\n<main>\n<header>");
    return page.element("h1", title).raw("</header>\n");
  }

  /** A cell with a fraction in percent, the deeper its colour the higher it is. */
  static void cell(Markup page, double fraction, String classes) {
    page.raw("<td" + (classes.isEmpty() ? "" : " class=\"" + classes + "\""));
    if (Double.isFinite(fraction)) {
      String share = Markup.fixed(Math.max(0, Math.min(1, fraction)), 3);
      page.raw(" style=\"--v:" + share + "\"");
    }
    page.raw(">" + percent(fraction) + "</td>");
  }

  static String percent(double fraction) {
    return Markup.fixed(fraction * 100, 1);
  }

  /** A threshold as people write it: 0.3, not 0.30000000000000004. */
  static String tiou(double tiou) {
    return new BigDecimal(Markup.fixed(tiou, 4)).stripTrailingZeros().toPlainString();
  }

  private static String sha256(String script) {
    try {
      byte[] bytes = script.getBytes(StandardCharsets.UTF_8);
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }

  static String resource(String name) {
    try (InputStream in = PageFrame.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("report: resource " + name + " is not in the jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
