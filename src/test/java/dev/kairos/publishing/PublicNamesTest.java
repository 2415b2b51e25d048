// SPDX-License-Identifier: Apache-2.0
package dev.kairos.publishing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What the packages that {@code docs/publishing.md} calls stable offer, held against the list of
 * the last release in {@code src/test/resources/api}. More may be offered at any time; what is
 * listed and gone, or other than listed, breaks the programs of others. {@code
 * -Dkairos.api.record=true} writes the lists anew: with a release, or in a commit whose line in the
 * changelog says what users have to change.
 */
@Tag("once")
class PublicNamesTest {
  private static final Path LISTS = Path.of("resources/api");
  private static final boolean RECORD = Boolean.getBoolean("kairos.api.record");

  private static Set<String> stablePackages() throws IOException {
    return Pattern.compile("^\\| `(dev\\.kairos[a-z.]*)` \\| stable \\|", Pattern.MULTILINE)
        .matcher(Files.readString(Path.of("../../docs/publishing.md")))
        .results()
        .map(row -> row.group(1))
        .collect(TreeSet::new, Set::add, Set::addAll);
  }

  @Test
  void nothingThatWasPromisedIsGone() throws Exception {
    Map<String, Set<String>> offered = offered(stablePackages());
    List<String> gone = new ArrayList<>();
    for (var each : offered.entrySet()) {
      Path list = LISTS.resolve(each.getKey() + ".txt");
      if (RECORD) {
        Files.createDirectories(LISTS);
        Files.writeString(list, String.join("\n", each.getValue()) + "\n");
      }
      assertTrue(Files.exists(list), list + ": no list of this package; see this test's Javadoc");
      Files.readAllLines(list).stream()
          .filter(line -> !each.getValue().contains(line))
          .forEach(gone::add);
    }
    assertEquals(
        "", String.join("\n", gone), "gone or changed since the last release; see the Javadoc");
  }

  @Test
  void everyListIsOfAStablePackage() throws IOException {
    assumeFalse(RECORD, "the lists are being written");
    try (Stream<Path> lists = Files.list(LISTS)) {
      assertEquals(
          stablePackages(),
          lists
              .map(list -> list.getFileName().toString().replace(".txt", ""))
              .collect(TreeSet::new, Set::add, Set::addAll));
    }
  }

  /** By package: a line for each public type and each member that a user can name. */
  private static Map<String, Set<String>> offered(Set<String> packages) throws Exception {
    Map<String, Set<String>> offered = new TreeMap<>();
    for (String name : packages) {
      offered.put(name, new TreeSet<>());
    }
    for (JavaClass found :
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(packages.toArray(String[]::new))) {
      Set<String> lines = offered.get(found.getPackageName());
      if (lines != null) {
        Class<?> type = Class.forName(found.getName(), false, loader());
        if (isOffered(type)) {
          addLines(type, lines);
        }
      }
    }
    return offered;
  }

  private static ClassLoader loader() {
    return PublicNamesTest.class.getClassLoader();
  }

  /** Public, and so is all that it lies in. */
  private static boolean isOffered(Class<?> type) {
    return Modifier.isPublic(type.getModifiers())
        && (type.getEnclosingClass() == null || isOffered(type.getEnclosingClass()));
  }

  private static void addLines(Class<?> type, Set<String> lines) {
    List<String> above = new ArrayList<>();
    if (type.getSuperclass() != null) {
      above.add(type.getGenericSuperclass().getTypeName());
    }
    Stream.of(type.getGenericInterfaces()).forEach(each -> above.add(each.getTypeName()));
    String name = type.toGenericString().replaceFirst("(non-)?sealed ", ""); // not said by 17
    lines.add(name + " : " + String.join(", ", above));
    for (Constructor<?> each : type.getDeclaredConstructors()) {
      add(each, each.toGenericString(), lines);
    }
    for (Method each : type.getDeclaredMethods()) {
      if (!each.isBridge()) {
        add(each, each.toGenericString(), lines);
      }
    }
    for (Field each : type.getDeclaredFields()) {
      add(each, each.toGenericString(), lines);
    }
  }

  private static void add(Member member, String line, Set<String> lines) {
    if ((member.getModifiers() & (Modifier.PUBLIC | Modifier.PROTECTED)) != 0
        && !member.isSynthetic()) {
      lines.add(line.replace(" native ", " ").replace(" synchronized ", " "));
    }
  }
}
