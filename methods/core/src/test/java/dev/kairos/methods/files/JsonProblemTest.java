// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.files;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class JsonProblemTest {
  @Test
  void leavesOutWhatIsForProgrammers() {
    assertEquals(
        "Non-standard token 'NaN'",
        JsonProblem.words(
            "Non-standard token 'NaN': enable `JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS` to"
                + " allow"));
    assertEquals(
        "Unexpected end-of-input: expected close marker for Array (opened in line 7)",
        JsonProblem.words(
            "Unexpected end-of-input: expected close marker for Array (start marker at [Source:"
                + " REDACTED (`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION` disabled); line: 7,"
                + " column: 13436])"));
    assertEquals("Unrecognized token 'x'", JsonProblem.words("Unrecognized\n token 'x'"));
  }
}
