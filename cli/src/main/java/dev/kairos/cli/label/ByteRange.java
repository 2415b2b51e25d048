// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli.label;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A part of a file as the Range header of HTTP asks for it.
 *
 * @param first of its bytes
 * @param length how many
 */
record ByteRange(long first, long length) {
  private static final Pattern ONE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

  /**
   * What is asked for; the whole file where it is not one range of bytes.
   *
   * @param header the header's value, or null
   * @param size of the file
   * @return empty if no byte of the file is in it
   */
  static Optional<ByteRange> of(@Nullable String header, long size) {
    Matcher asked = ONE.matcher(header == null ? "" : header.strip());
    if (!asked.matches() || (asked.group(1).isEmpty() && asked.group(2).isEmpty())) {
      return Optional.of(new ByteRange(0, size));
    }
    long first;
    long last = size - 1;
    if (asked.group(1).isEmpty()) { // the last so many
      first = Math.max(0, size - Long.parseLong(asked.group(2)));
    } else {
      first = Long.parseLong(asked.group(1));
      if (!asked.group(2).isEmpty()) {
        last = Math.min(last, Long.parseLong(asked.group(2)));
      }
    }
    return first > last ? Optional.empty() : Optional.of(new ByteRange(first, last - first + 1));
  }

  /** The Content-Range header of the answer. */
  String header(long size) {
    return "bytes " + first + "-" + (first + length - 1) + "/" + size;
  }
}
