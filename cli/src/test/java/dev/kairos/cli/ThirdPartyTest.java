// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.StringTokenizer;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/**
 * What goes into the runnable jar: each library with its licence and, if it has its own, the text.
 */
class ThirdPartyTest {
  /** On the class path of tests and not in the jar. */
  private static final String OF_TESTS = ".*/(junit|apiguardian|opentest4j|jspecify|surefire)[^/]*";

  private static String text(String resource) throws IOException {
    try (var in = ThirdPartyTest.class.getResourceAsStream("/META-INF/" + resource)) {
      return new String(
          Objects.requireNonNull(in, resource).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** The jars of Maven's repository: ARTIFACT/VERSION/ARTIFACT-VERSION.jar. */
  private static List<Path> libraries() {
    List<Path> libraries = new ArrayList<>();
    StringTokenizer entries =
        new StringTokenizer(System.getProperty("java.class.path"), File.pathSeparator);
    while (entries.hasMoreTokens()) {
      Path jar = Path.of(entries.nextToken()).toAbsolutePath();
      if (jar.getNameCount() > 3
          && !jar.toString().matches(OF_TESTS)
          && jar.endsWith(
              Path.of(artifact(jar), version(jar), artifact(jar) + "-" + version(jar) + ".jar"))) {
        libraries.add(jar);
      }
    }
    return libraries;
  }

  private static String version(Path jar) {
    return jar.getName(jar.getNameCount() - 2).toString();
  }

  private static String artifact(Path jar) {
    return jar.getName(jar.getNameCount() - 3).toString();
  }

  @Test
  void everyLibraryIsListedAndItsLicenceIsThere() throws IOException {
    List<String> listed = text("THIRD-PARTY").lines().toList();
    List<Path> libraries = libraries();
    assertTrue(libraries.size() >= 5, libraries.toString());
    for (Path jar : libraries) {
      String name = artifact(jar);
      String line =
          listed.stream()
              .filter(each -> each.startsWith(name + " ") || isFamily(each, name))
              .findFirst()
              .orElse("");
      assertTrue(!line.isEmpty(), name + " is not in META-INF/THIRD-PARTY");
      assertTrue(
          line.contains(" Apache-2.0 ")
              || ThirdPartyTest.class.getResource("/META-INF/third-party/" + name + "/LICENSE")
                  != null
              || holdsLicence(jar),
          "no text of the licence of " + name + " in META-INF/third-party");
    }
  }

  /** Whether a line is of all artifacts that begin alike: {@code jackson-*}. */
  private static boolean isFamily(String line, String artifact) {
    int star = line.indexOf("* ");
    return star > 0 && artifact.startsWith(line.substring(0, star));
  }

  /** These are put one behind the other in the jar. */
  private static boolean holdsLicence(Path jar) throws IOException {
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      return zip.getEntry("META-INF/LICENSE.txt") != null;
    }
  }

  @Test
  void ourOwnLicenceIsThereWhole() throws IOException {
    assertNotNull(ThirdPartyTest.class.getResource("/META-INF/LICENSE"));
    Path built = Path.of("target", "classes", "META-INF", "LICENSE");
    assertEquals(Files.readString(Path.of("..", "LICENSE")), Files.readString(built));
    assertTrue(text("NOTICE").length() > 100);
  }
}
