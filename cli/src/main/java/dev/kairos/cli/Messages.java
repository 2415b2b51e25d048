// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.kairos.methods.files.Plural;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the command says on standard error: lines for people, or one JSON object a line with the
 * keys {@code time}, {@code level}, {@code message} and, of errors, {@code code}, {@code why},
 * {@code try} and {@code trace}.
 *
 * @param err standard error
 * @param json whether lines are JSON objects
 * @param quiet whether only errors are said
 * @param verbose whether details are said
 */
record Messages(PrintStream err, boolean json, boolean quiet, boolean verbose) {

  Messages asJson() {
    return new Messages(err, true, quiet, verbose);
  }

  /** Something worth knowing. */
  void info(String message) {
    if (!quiet) {
      line("info", message);
    }
  }

  /** Something that may be wrong and does not stop the work. */
  void warning(String message) {
    if (!quiet) {
      line("warning", message);
    }
  }

  /** Something for those who asked for more. */
  void detail(String message) {
    if (verbose) {
      line("detail", message);
    }
  }

  /** Why the command stops; returns its exit code. */
  int error(Failure failure) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("code", failure.code());
    fields.put("message", oneLine(failure.message()));
    if (!failure.why().isEmpty()) {
      fields.put("why", oneLine(failure.why()));
    }
    if (!failure.hint().isEmpty()) {
      fields.put("try", oneLine(failure.hint()));
    }
    if (json) {
      object("error", fields);
    } else {
      err.println("kairos: " + fields.get("code") + ": " + fields.get("message"));
      for (String name : new String[] {"why", "try"}) {
        if (fields.containsKey(name)) {
          err.println("  " + name + ": " + fields.get(name));
        }
      }
    }
    return failure.exitCode();
  }

  /** Where an error came from, for those who asked for more. */
  void trace(Throwable e) {
    if (!verbose) {
      return;
    }
    StringWriter trace = new StringWriter();
    e.printStackTrace(new PrintWriter(trace, true));
    if (json) {
      object("detail", Map.of("trace", trace.toString()));
    } else {
      err.print(trace);
    }
  }

  private void line(String level, String message) {
    if (json) {
      object(level, Map.of("message", message));
    } else {
      err.println((level.equals("warning") ? "warning: " : "") + oneLine(message));
    }
  }

  private void object(String level, Map<String, String> fields) {
    StringWriter text = new StringWriter();
    try (JsonGenerator line = new JsonFactory().createGenerator(text)) {
      line.writeStartObject();
      line.writeStringField("time", Instant.now().truncatedTo(ChronoUnit.MILLIS).toString());
      line.writeStringField("level", level);
      for (Map.Entry<String, String> field : fields.entrySet()) {
        line.writeStringField(field.getKey(), field.getValue());
      }
      line.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    err.println(text);
  }

  /** A number of things in words: {@code 1 problem}, {@code 2 problems}. */
  static String count(long number, String thing) {
    return Plural.of(number, thing);
  }

  /** Names of files and classes may hold anything; a message stays one line and moves no cursor. */
  static String oneLine(String text) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\n') {
        line.append(' ');
      } else if (Character.isISOControl(c)) {
        line.append("\\u%04x".formatted((int) c));
      } else {
        line.append(c);
      }
    }
    return line.toString();
  }
}
