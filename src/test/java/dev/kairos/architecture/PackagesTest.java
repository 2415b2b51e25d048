// SPDX-License-Identifier: Apache-2.0
package dev.kairos.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The order of the packages inside {@code methods/core}: see docs/ARCHITECTURE.md. */
@Tag("once")
class PackagesTest {
  private static final String METHODS = "dev.kairos.methods.";

  /** Lowest first; those of one line do not know each other. */
  private static final List<Set<String>> ORDER =
      List.of(
          Set.of("tal", "files", "backbone"),
          Set.of("data"),
          Set.of("points"),
          Set.of("proposal", "evaluation", "generate", "layouts", "salads", "sbhar"),
          Set.of("localization", "settings"),
          Set.of("run"),
          Set.of("training"),
          Set.of("host", "pseudolabel", "report"),
          Set.of("pipeline"),
          Set.of("tuning"));

  @Test
  void eachPackageKnowsOnlyThoseBelow() {
    JavaClasses classes =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.kairos.methods");
    Set<String> found = new TreeSet<>();
    Set<String> upwards = new TreeSet<>();
    for (JavaClass type : classes) {
      int own = height(type);
      if (own >= 0) {
        found.add(name(type));
        for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
          JavaClass target = dependency.getTargetClass();
          if (height(target) >= own && !name(target).equals(name(type))) {
            upwards.add(dependency.getDescription());
          }
        }
      }
    }
    Set<String> expected = new TreeSet<>();
    ORDER.forEach(expected::addAll);
    assertEquals(expected, found, "packages of the order");
    assertEquals(Set.of(), upwards);
  }

  private static String name(JavaClass type) {
    String whole = type.getPackageName();
    return whole.startsWith(METHODS) ? whole.substring(METHODS.length()) : "";
  }

  /** The line of a package, or -1 of one outside the order, such as that of a method. */
  private static int height(JavaClass type) {
    for (int i = 0; i < ORDER.size(); i++) {
      if (ORDER.get(i).contains(name(type))) {
        return i;
      }
    }
    return -1;
  }
}
