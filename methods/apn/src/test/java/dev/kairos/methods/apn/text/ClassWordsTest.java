// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.apn.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClassWordsTest {
  @ParameterizedTest
  @CsvSource({
    "CleanAndJerk, clean and jerk",
    "pull-out_weight-pin, pull out weight pin",
    "HighJump2Go, high jump2 go",
    "TVShow, tvshow",
    "ÜberÄpfelÉté, über äpfel été",
    "' _Tai  Chi-', tai chi",
    "TITLE, title",
    "İstanbul, i̇stanbul",
    "动作Jump, 动作jump"
  })
  void areParted(String name, String words) {
    assertEquals(words, ClassWords.of(name));
  }

  @Test
  void everyKindOfWhiteSpaceParts() {
    assertEquals("a b c d", ClassWords.of("a\u00a0b\u3000c\n\td"));
    assertEquals("", ClassWords.of(" _-\u2003"));
  }

  @Test
  void chosenWordsAreNotParted() {
    assertEquals("the t-shirt gofast", ClassWords.lowerCase(" the\tT-shirt  GoFast "));
  }
}
