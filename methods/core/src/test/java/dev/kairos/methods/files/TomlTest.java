// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TomlTest {
  private static Object value(String toml) throws TomlException {
    Object value = Toml.parse("x = " + toml).get("x");
    return value == null ? "absent" : value;
  }

  @Test
  void valuesHaveTheirTypes() throws TomlException {
    assertEquals("a\tb \u00e9 \"", value("\"a\\tb \\u00e9 \\\"\""));
    assertEquals("C:\\x", value("'C:\\x'"));
    assertEquals("two\nlines", value("\"\"\"\ntwo\nlines\"\"\""));
    assertEquals(12L, value("12"));
    assertEquals(-1_000L, value("-1_000"));
    assertEquals(255L, value("0xff"));
    assertEquals(Long.MAX_VALUE, value("9223372036854775807"));
    assertEquals(new BigInteger("9223372036854775808"), value("9223372036854775808"));
    assertEquals(1e-4, value("1.0E-4"));
    assertEquals(0.1, value("0.1"));
    assertEquals(Double.POSITIVE_INFINITY, value("inf"));
    assertEquals(Double.NEGATIVE_INFINITY, value("-inf"));
    assertEquals(Double.NaN, value("nan"));
    assertEquals(Double.POSITIVE_INFINITY, value("1e1000000"));
    assertEquals(0.0, value("1e-1000000"));
    assertEquals(true, value("true"));
    assertEquals(List.of(1L, "a", List.of()), value("[1, # one\n 'a', [ ],\n]"));
    assertEquals(LocalDate.of(2024, 2, 29), value("2024-02-29"));
    assertEquals(LocalTime.of(7, 30), value("07:30:00"));
    assertEquals(OffsetDateTime.parse("2024-02-29T07:30:00Z"), value("2024-02-29 07:30:00Z"));
  }

  @Test
  void dottedAndQuotedKeys() throws TomlException {
    TomlTable table = Toml.parse("a.'b.c'.\"d e\" = 1\n[f . g]\nh = 2\n");
    TomlTable a = assertInstanceOf(TomlTable.class, table.get("a"));
    TomlTable b = assertInstanceOf(TomlTable.class, a.get("b.c"));
    assertEquals(1L, b.get("d e"));
    TomlTable f = assertInstanceOf(TomlTable.class, table.get("f"));
    assertEquals(2L, assertInstanceOf(TomlTable.class, f.get("g")).get("h"));
  }

  @Test
  void aMarkBeforeTheTextAndEndsOfLinesOfWindows() throws TomlException {
    TomlTable table = Toml.parse("\uFEFFa = 1\r\n# word\r\n\r\n[b]\r\nc = 'x'\r\n");
    assertEquals(new TomlTable.Place(1, 1), table.place("a").orElseThrow());
    TomlTable b = assertInstanceOf(TomlTable.class, table.get("b"));
    assertEquals("x", b.get("c"));
    assertEquals(new TomlTable.Place(5, 1), b.place("c").orElseThrow());
  }

  private static String place(TomlTable table, String key) {
    return table.place(key).map(p -> p.line() + ":" + p.column()).orElse("nowhere");
  }

  @Test
  void everyKeyKnowsWhereItStands() throws TomlException {
    TomlTable table =
        Toml.parse(
            """
            s = \"""
            fake = 1
            \""" # fake = 2
            list = [ "a # b", '''
              ]''', 3, [4] ]
              in = { k = 1, 'l' = { m = 2 } }
            d.e = 1
            d.f = 2
            [[t]]
            n = 1
            [t.sub]
            o = 2
            [[t]]
             n = 3
            """);
    assertEquals("1:1", place(table, "s"));
    assertEquals("4:1", place(table, "list"));
    assertEquals("6:3", place(table, "in"));
    TomlTable in = assertInstanceOf(TomlTable.class, table.get("in"));
    assertEquals("6:10", place(in, "k"));
    assertEquals("6:17", place(in, "l"));
    assertEquals("6:25", place(assertInstanceOf(TomlTable.class, in.get("l")), "m"));
    assertEquals("8:1", place(assertInstanceOf(TomlTable.class, table.get("d")), "f"));
    List<?> t = assertInstanceOf(List.class, table.get("t"));
    TomlTable first = assertInstanceOf(TomlTable.class, t.get(0));
    assertEquals("10:1", place(first, "n"));
    assertEquals("12:1", place(assertInstanceOf(TomlTable.class, first.get("sub")), "o"));
    assertEquals("14:2", place(assertInstanceOf(TomlTable.class, t.get(1)), "n"));
    assertEquals("nowhere", place(table, "fake"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a = 1~a = 2|2|1|the key is given twice",
        "a.b = 1~~[c]~d = 1~d = [~]|5|1|the key is given twice",
        "[a]~b = 1~[a]|3|3|the table is given twice",
        "a = = 1|1|5|what stands here is no TOML",
        "a = 1 2|1|7|the value before this place is none, or not in quotes",
        "a = word|1|5|what stands here is no TOML",
        "a = 'open|1|10|the text ends too early",
        "a = 012|1|5|a number cannot begin with 0",
        "a = 1~b|2|2|the text ends too early",
        "a = 1~b = 2024-13-01|2|5|'2024-13-01' is no date or time",
        "a = 1~a.b = 2|2|3|Path into existing non-object value of type NUMBER",
      })
  void mistakesAreNamedWithTheirPlace(String toml, int line, int column, String problem) {
    TomlException e = assertThrows(TomlException.class, () -> Toml.parse(toml.replace('~', '\n')));
    assertEquals(problem, e.problem());
    assertEquals(line + ":" + column, e.line() + ":" + e.column());
  }

  @Test
  void whatIsNestedTooDeeplyIsRefusedWhereItBegins() {
    for (String toml :
        List.of(
            "a" + ".a".repeat(20_000) + " = 1",
            "a = " + "[".repeat(100_000),
            "a = " + "[".repeat(20_000) + "]".repeat(20_000),
            "a = " + "{a=".repeat(20_000) + "1" + "}".repeat(20_000),
            "[a" + ".a".repeat(20_000) + "]\nb = 1")) {
      TomlException e = assertThrows(TomlException.class, () -> Toml.parse("x = 1\n" + toml));
      assertEquals("is nested deeper than 64 keys and brackets", e.problem());
      assertEquals(2, e.line(), toml.substring(0, 10));
    }
  }

  /** What hung for a minute, or answered with the whole text. */
  @Test
  void longNonsenseIsRefusedAtOnceAndInAShortLine() {
    for (String toml :
        List.of(
            "a = " + ",".repeat(100_000),
            "a = " + "0".repeat(100_000),
            "a = 1." + "0".repeat(100_000),
            "a = 1e" + "9".repeat(100_000),
            "a = '" + "x".repeat(100_000),
            "x".repeat(100_000),
            "\"" + "x".repeat(100_000) + "\" = ",
            "[" + "x".repeat(100_000),
            "a = 1\n".repeat(10_000),
            "]\n".repeat(50_000))) {
      TomlException e = assertThrows(TomlException.class, () -> Toml.parse(toml));
      assertTrue(e.problem().length() < 200, e.problem());
    }
  }
}
