// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.files;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class PluralTest {
  @Test
  void thingsAreCountedInWords() {
    assertEquals("1 recording", Plural.of(1, "recording"));
    assertEquals("0 recordings", Plural.of(0, "recording"));
    assertEquals("1 class", Plural.of(1, "class"));
    assertEquals("2 classes", Plural.of(2, "class"));
    assertEquals("2 entries", Plural.of(2, "entry"));
    assertEquals("2 days", Plural.of(2, "day"));
    assertEquals("3 matches", Plural.of(3, "match"));
    assertEquals("3 boxes", Plural.of(3, "box"));
  }
}
