// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.tensor.io.DataFormatException;
import org.junit.jupiter.api.function.Executable;

/** Expects a bad file to be refused with a certain code, in one line that says certain things. */
public final class Refused {
  private Refused() {}

  public static void with(String code, Executable action, String... said) {
    DataFormatException failure = assertThrows(DataFormatException.class, action);
    String message = String.valueOf(failure.getMessage());
    assertEquals(code, failure.code(), message);
    assertFalse(message.contains("\n"), message);
    String all = message + " | " + failure.hint().orElse("");
    for (String part : said) {
      assertTrue(all.contains(part), () -> "expected '" + part + "' in: " + all);
    }
  }
}
