// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.apn.text;

import java.nio.charset.Charset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Decodes character references of HTML: <code>&amp;amp;</code> is an ampersand, <code>&amp;#233;
 * </code> is {@code é}.
 *
 * <p>Known are all numbers and the 253 names of HTML 4.01 and XML, with what they mean in HTML 5.
 * As in HTML 5 the semicolon may lack after a number, and after the names of Latin-1 and of markup,
 * whatever follows. The other two thousand names of HTML 5 stay as they are.
 */
final class HtmlEntities {
  private static final Pattern REFERENCE =
      Pattern.compile("&(?:#([0-9]+);?|#[xX]([0-9a-fA-F]+);?|([A-Za-z][A-Za-z0-9]{1,31});?)");
  private static final Pattern LEADING_ZEROS = Pattern.compile("^0+(?!$)");
  private static final int LONGEST_NUMBER = 8; // digits; a character has at most seven
  private static final String REPLACEMENT = "\uFFFD";
  private static final int FIRST_LATIN = 160;

  // spotless:off
  private static final String MARKUP = "amp=26 AMP=26 lt=3c LT=3c gt=3e GT=3e quot=22 QUOT=22 COPY=a9 REG=ae";

  /** The names of the characters 160 to 255, in order. */
  private static final String LATIN =
      """
      nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn
      sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave
      Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc
      Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute
      THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml
      igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave
      uacute ucirc uuml yacute thorn yuml
      """;

  /** Other names with their numbers, in hexadecimal. */
  private static final String OTHERS =
      """
      apos=27
      OElig=152 oelig=153 Scaron=160 scaron=161 Yuml=178 fnof=192 circ=2c6 tilde=2dc Alpha=391
      Beta=392 Gamma=393 Delta=394 Epsilon=395 Zeta=396 Eta=397 Theta=398 Iota=399 Kappa=39a
      Lambda=39b Mu=39c Nu=39d Xi=39e Omicron=39f Pi=3a0 Rho=3a1 Sigma=3a3 Tau=3a4 Upsilon=3a5
      Phi=3a6 Chi=3a7 Psi=3a8 Omega=3a9 alpha=3b1 beta=3b2 gamma=3b3 delta=3b4 epsilon=3b5
      zeta=3b6 eta=3b7 theta=3b8 iota=3b9 kappa=3ba lambda=3bb mu=3bc nu=3bd xi=3be omicron=3bf
      pi=3c0 rho=3c1 sigmaf=3c2 sigma=3c3 tau=3c4 upsilon=3c5 phi=3c6 chi=3c7 psi=3c8 omega=3c9
      thetasym=3d1 upsih=3d2 piv=3d6 ensp=2002 emsp=2003 thinsp=2009 zwnj=200c zwj=200d lrm=200e
      rlm=200f ndash=2013 mdash=2014 lsquo=2018 rsquo=2019 sbquo=201a ldquo=201c rdquo=201d
      bdquo=201e dagger=2020 Dagger=2021 bull=2022 hellip=2026 permil=2030 prime=2032 Prime=2033
      lsaquo=2039 rsaquo=203a oline=203e frasl=2044 euro=20ac image=2111 weierp=2118 real=211c
      trade=2122 alefsym=2135 larr=2190 uarr=2191 rarr=2192 darr=2193 harr=2194 crarr=21b5
      lArr=21d0 uArr=21d1 rArr=21d2 dArr=21d3 hArr=21d4 forall=2200 part=2202 exist=2203
      empty=2205 nabla=2207 isin=2208 notin=2209 ni=220b prod=220f sum=2211 minus=2212 lowast=2217
      radic=221a prop=221d infin=221e ang=2220 and=2227 or=2228 cap=2229 cup=222a int=222b
      there4=2234 sim=223c cong=2245 asymp=2248 ne=2260 equiv=2261 le=2264 ge=2265 sub=2282
      sup=2283 nsub=2284 sube=2286 supe=2287 oplus=2295 otimes=2297 perp=22a5 sdot=22c5 lceil=2308
      rceil=2309 lfloor=230a rfloor=230b loz=25ca spades=2660 clubs=2663 hearts=2665 diams=2666
      lang=27e8 rang=27e9
      """;
  // spotless:on

  private static final Set<String> WITHOUT_SEMICOLON = new HashSet<>();
  private static final Map<String, String> NAMES = new HashMap<>();

  static {
    String[] latin = LATIN.strip().split("\\s+", -1);
    for (int i = 0; i < latin.length; i++) {
      NAMES.put(latin[i], Character.toString(FIRST_LATIN + i));
    }
    putAll(MARKUP);
    WITHOUT_SEMICOLON.addAll(NAMES.keySet());
    putAll(OTHERS);
  }

  private HtmlEntities() {}

  private static void putAll(String pairs) {
    for (String pair : pairs.strip().split("\\s+", -1)) {
      int equals = pair.indexOf('=');
      int character = Integer.parseInt(pair.substring(equals + 1), 16);
      NAMES.put(pair.substring(0, equals), Character.toString(character));
    }
  }

  /** The text with each reference replaced, once: what comes out is not looked at again. */
  static String decode(String text) {
    return text.indexOf('&') < 0
        ? text
        : REFERENCE.matcher(text).replaceAll(m -> Matcher.quoteReplacement(character(m)));
  }

  private static String character(MatchResult reference) {
    String decimal = reference.group(1);
    String hexadecimal = reference.group(2);
    return decimal != null
        ? character(decimal, 10)
        : hexadecimal != null ? character(hexadecimal, 16) : named(reference.group());
  }

  /** As the standard of HTML 5 repairs numbers that are no characters. */
  private static String character(String digits, int radix) {
    String significant = LEADING_ZEROS.matcher(digits).replaceFirst("");
    boolean isTooLong = significant.length() > LONGEST_NUMBER; // larger than any character
    long number = isTooLong ? Long.MAX_VALUE : Long.parseLong(significant, radix);
    return number > Character.MAX_CODE_POINT ? REPLACEMENT : repaired((int) number);
  }

  private static String repaired(int number) {
    if (number == 0 || isSurrogate(number)) {
      return REPLACEMENT;
    }
    if (number >= 0x80 && number < 0xa0) { // written for Windows
      String meant = new String(new byte[] {(byte) number}, Charset.forName("windows-1252"));
      return meant.equals(REPLACEMENT) ? Character.toString(number) : meant;
    }
    boolean isNoncharacter = (number & 0xfffe) == 0xfffe || (number >= 0xfdd0 && number <= 0xfdef);
    boolean isWhiteSpace = number == '\t' || number == '\n' || number == '\f' || number == '\r';
    boolean isControl = Character.isISOControl(number) && !isWhiteSpace;
    return isNoncharacter || isControl ? "" : Character.toString(number);
  }

  private static boolean isSurrogate(int number) {
    return number >= Character.MIN_SURROGATE && number <= Character.MAX_SURROGATE;
  }

  private static String named(String reference) {
    if (reference.endsWith(";")) {
      String character = NAMES.get(reference.substring(1, reference.length() - 1));
      if (character != null) {
        return character;
      }
    }
    for (int end = reference.length(); end > 1; end--) { // the longest name it begins with
      String name = reference.substring(1, end);
      if (WITHOUT_SEMICOLON.contains(name)) {
        return NAMES.get(name) + reference.substring(end);
      }
    }
    return reference;
  }
}
