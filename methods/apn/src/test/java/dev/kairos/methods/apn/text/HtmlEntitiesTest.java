// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.apn.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HtmlEntitiesTest {
  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      value = {
        "rock &amp; roll => rock & roll",
        "&lt;&gt;&quot;&apos; => <>\"'",
        "caf&eacute; &Eacute;t&eacute; => café Été",
        "&hellip;&euro;&hearts;&lang;&Omega; => …€♥⟨Ω",
        "&#233;&#xe9;&#XE9;&#0233; => éééé",
        "&#x1F600;&#128512 smile => 😀😀 smile",
        "&ampx &copy2 &notit; => &x ©2 ¬it;",
        "&hellip &apos &unknown; &; & &#; &#x; => &hellip &apos &unknown; &; & &#; &#x;",
        "&amp;amp; => &amp;",
        "&#150;&#x81;| => –\u0081|",
        "[&#0;&#xD800;&#x110000;&#99999999999999999999;] => [����]",
        "[&#1;&#xFFFE;&#xFDD0;&#127;] => []",
        "&yuml;&nbsp;| => ÿ\u00a0|"
      })
  void areDecodedOnce(String text, String decoded) {
    assertEquals(decoded, HtmlEntities.decode(text));
  }

  @Test
  void noText() {
    assertEquals("", HtmlEntities.decode(""));
    assertEquals("&", HtmlEntities.decode("&"));
  }
}
