// SPDX-License-Identifier: Apache-2.0
package dev.kairos.spark.localization;

import dev.kairos.kernels.KairosException;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * What was wrong with a recording, in the words that the command has for it.
 *
 * @param code area and number
 * @param message what and where
 * @param hint what to do about it, or empty
 */
record RecordingFailure(String code, String message, String hint) {
  /** Finds the words. */
  static RecordingFailure of(String id, Exception e) {
    if (e instanceof KairosException known) {
      return new RecordingFailure(
          known.code(), String.valueOf(known.getMessage()), known.hint().orElse(""));
    }
    String message = e.getMessage() == null ? e.getClass().getName() : e.getMessage();
    return new RecordingFailure("KDATA-903", "recording '" + id + "': " + message, "");
  }

  void write(DataOutputStream out) throws IOException {
    FoundActions.text(out, code);
    FoundActions.text(out, message);
    FoundActions.text(out, hint);
  }

  static RecordingFailure read(DataInputStream in) throws IOException {
    return new RecordingFailure(
        FoundActions.text(in), FoundActions.text(in), FoundActions.text(in));
  }

  /** The failure here, as if it had happened here. */
  ElsewhereException exception() {
    return new ElsewhereException(this);
  }

  /** A failure on another machine. */
  static final class ElsewhereException extends KairosException {
    private static final long serialVersionUID = 1L;

    ElsewhereException(RecordingFailure failure) {
      super(
          failure.code(),
          failure.message(),
          failure.hint().isEmpty() ? null : failure.hint(),
          null);
    }
  }
}
