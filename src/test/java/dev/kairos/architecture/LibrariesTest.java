// SPDX-License-Identifier: Apache-2.0
package dev.kairos.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTag;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Which room sees which library. */
@ArchTag("once")
@AnalyzeClasses(packages = "dev.kairos", importOptions = ImportOption.DoNotIncludeTests.class)
class LibrariesTest {
  /** Files of tensors have a header in JSON; that is all. */
  @ArchTest
  static final ArchRule theEngineNeedsJavaAlone =
      classes()
          .that()
          .resideInAnyPackage(
              "dev.kairos.kernels",
              "dev.kairos.kernels.cpu..",
              "dev.kairos.kernels.host..",
              "dev.kairos.kernels.reference..",
              "dev.kairos.kernels.simd..",
              "dev.kairos.tensor..",
              "dev.kairos.autograd..",
              "dev.kairos.nn..")
          .and()
          .resideOutsideOfPackage("dev.kairos.tensor.ejml..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..",
              "jdk.incubator.vector..",
              "dev.kairos.kernels..",
              "dev.kairos.tensor..",
              "dev.kairos.autograd..",
              "dev.kairos.nn..",
              "org.jspecify..",
              "com.fasterxml.jackson.core..");

  /** Else it would have to be there for who converts nothing. */
  @ArchTest
  static final ArchRule nobodyKnowsTheMatricesOfEjml =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.kairos.tensor.ejml..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.kairos.tensor.ejml..");

  @ArchTest
  static final ArchRule onlyProgramsAndConvertersSeeEjml =
      noClasses()
          .that()
          .resideOutsideOfPackages("dev.kairos.lp..", "dev.kairos.tensor.ejml..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.ejml..");
}
