// SPDX-License-Identifier: Apache-2.0
package dev.kairos.architecture;

import static com.tngtech.archunit.lang.SimpleConditionEvent.violated;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import dev.kairos.kernels.Buffer;
import dev.kairos.kernels.Strided;
import dev.kairos.methods.Methods;
import dev.kairos.tensor.io.AtomicFiles;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The house's rules that no pom can hold: see docs/ARCHITECTURE.md. */
@AnalyzeClasses(packages = "dev.kairos", importOptions = ImportOption.DoNotIncludeTests.class)
class RoomsTest {
  private static final String VECTOR = "jdk.incubator.vector.VectorOperators";

  @ArchTest
  static final ArchRule roomsKnowOnlyThoseBelow =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("kernels")
          .definedBy("dev.kairos.kernels..")
          .layer("tensor")
          .definedBy("dev.kairos.tensor..")
          .layer("autograd")
          .definedBy("dev.kairos.autograd..")
          .layer("nn")
          .definedBy("dev.kairos.nn..")
          .optionalLayer("lp")
          .definedBy("dev.kairos.lp..")
          .layer("methods")
          .definedBy("dev.kairos.methods..")
          .layer("library")
          .definedBy("dev.kairos", "dev.kairos.memory..")
          .layer("cli")
          .definedBy("dev.kairos.cli..")
          .optionalLayer("spark") // with the profile of that name
          .definedBy("dev.kairos.spark..")
          .whereLayer("spark")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("cli")
          .mayOnlyBeAccessedByLayers("spark")
          .whereLayer("library")
          .mayOnlyBeAccessedByLayers("spark")
          .whereLayer("methods")
          .mayOnlyBeAccessedByLayers("cli", "library", "spark")
          .whereLayer("nn")
          .mayOnlyBeAccessedByLayers("methods", "cli", "spark")
          .whereLayer("lp")
          .mayOnlyBeAccessedByLayers("methods", "cli", "spark")
          .whereLayer("autograd")
          .mayOnlyBeAccessedByLayers("nn", "methods", "cli", "spark");

  /** Who embeds Kairos sees one package, whose types do not change when those below it do. */
  @ArchTest
  static final ArchRule theLibraryShowsItsOwnTypesAlone =
      methods()
          .that()
          .arePublic()
          .and()
          .areDeclaredInClassesThat()
          .resideInAPackage("dev.kairos")
          .and()
          .areDeclaredInClassesThat()
          .arePublic()
          .should(
              new ArchCondition<>("mention no type of other rooms") {
                @Override
                public void check(JavaMethod method, ConditionEvents events) {
                  Stream.concat(
                          Stream.of(method.getRawReturnType()),
                          method.getRawParameterTypes().stream())
                      .map(JavaClass::getBaseComponentType)
                      .filter(type -> type.getPackageName().startsWith("dev.kairos."))
                      .map(type -> method.getFullName() + " mentions " + type.getName())
                      .forEach(said -> events.add(violated(method, said)));
                }
              });

  /** The command opens an engine and hands it on; what computes, other programs want as well. */
  @ArchTest
  static final ArchRule theCommandComputesNothingOfWhatItPrints =
      noClasses()
          .that()
          .resideInAPackage("dev.kairos.cli..")
          .and()
          .haveSimpleNameNotContaining("SpeedCheck") // what it computes is the thing it measures
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.kairos.autograd..", "dev.kairos.nn..")
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(dev.kairos.tensor.Tensor.class)
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(dev.kairos.methods.training.Model.class)
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(dev.kairos.methods.training.Stage.class)
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(dev.kairos.methods.training.TrainingData.class)
          .orShould()
          .callMethod(
              dev.kairos.methods.training.Experiment.class,
              "train",
              dev.kairos.methods.run.RunFolder.class,
              dev.kairos.methods.training.TrainingData.class,
              dev.kairos.methods.training.TrainingLoop.Options.class,
              dev.kairos.methods.training.Progress.class);

  /** What lies between features and detections, and how those are scored, is not its business. */
  @ArchTest
  static final ArchRule theCommandNeitherLocalisesNorScores =
      noClasses()
          .that()
          .resideInAPackage("dev.kairos.cli..")
          .and()
          .haveNameNotMatching(".*\\.FuseCommand.*") // that alone is its verb
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.kairos.methods.localization..", "dev.kairos.methods.proposal..")
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(dev.kairos.methods.evaluation.EvaluationInput.class)
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(dev.kairos.methods.evaluation.MeanAveragePrecision.class)
          .orShould()
          .callMethod(Math.class, "sqrt", double.class);

  /** Pages show what a report gathered: the demonstration alone puts a page of its own together. */
  @ArchTest
  static final ArchRule theCommandGathersNoReport =
      noClasses()
          .that()
          .resideInAPackage("dev.kairos.cli") // its pages draw
          .should()
          .callConstructorWhere(
              describe(
                  "a part of a report",
                  call ->
                      call.getTargetOwner().getName().startsWith("dev.kairos.methods.report.")
                          && !call.getOriginOwner().getSimpleName().equals("Demo")));

  /** What a run folder keeps is gathered in one place; {@code inspect} shows files one by one. */
  @ArchTest
  static final ArchRule theCommandReadsNoScores =
      noClasses()
          .that()
          .resideInAPackage("dev.kairos.cli..")
          .and()
          .doNotHaveSimpleName("Inspection")
          .should()
          .callMethod(dev.kairos.methods.evaluation.EvaluationFile.class, "read", Path.class);

  /** What is kept in files, other programs want to keep as well: the command writes pages only. */
  @ArchTest
  static final ArchRule theCommandWritesNoData =
      noClasses()
          .that()
          .resideInAPackage("dev.kairos.cli..")
          .and(
              DescribedPredicate.describe(
                  "write files",
                  type ->
                      type.getDirectDependenciesFromSelf().stream()
                          .anyMatch(to -> to.getTargetClass().isEquivalentTo(AtomicFiles.class))))
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.fasterxml.jackson..");

  @ArchTest
  static final ArchRule onlyTheSimdRoomSeesVectors =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.kairos.kernels.simd..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("jdk.incubator.vector..");

  @ArchTest
  static final ArchRule nobodyImportsABackend =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.kairos.kernels..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.kairos.kernels.*..");

  /** What only some users need must not be in the way of the others. */
  @ArchTest
  static final ArchRule onlyTheFormatsRoomSeesLibrariesOfFormats =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.kairos.methods.formats..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.jhdf..", "dev.kairos.methods.formats..");

  /** A file must not decide what is loaded. */
  @ArchTest
  static final ArchRule picklesMakeNoObjectsOfJava =
      noClasses()
          .that()
          .resideInAnyPackage("dev.kairos.tensor.pickle..", "dev.kairos.tensor.torch..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("java.lang.reflect..")
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(ClassLoader.class)
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(java.io.ObjectInputStream.class);

  /** Memory has one owner: the engine, with what it keeps its books in. */
  @ArchTest
  static final ArchRule onlyTheEngineSeesBuffers =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.kairos.kernels..")
          .and()
          .haveNameNotMatching(
              "dev\\.kairos\\.tensor\\.(Engine|Storage|BufferPool|LastingBuffers|HostCopies)(\\$.*)?")
          .should()
          .dependOnClassesThat()
          .areAssignableTo(Buffer.class)
          .orShould()
          .callMethod(Strided.class, "buffer");

  /** A backend knows its loops; they do not know the backend. */
  @ArchTest
  static final ArchRule noLoopKnowsItsBackend =
      noClasses()
          .that()
          .resideInAnyPackage("dev.kairos.kernels.cpu", "dev.kairos.kernels.reference")
          .and()
          .haveSimpleNameNotEndingWith("Backend")
          .and()
          .haveSimpleNameNotEndingWith("Provider")
          .should()
          .dependOnClassesThat()
          .haveSimpleNameEndingWith("Backend");

  @ArchTest
  static final ArchRule onlyTensorsSeeViews =
      noClasses()
          .that()
          .resideOutsideOfPackages("dev.kairos.kernels..", "dev.kairos.tensor..")
          .should()
          .dependOnClassesThat()
          .areAssignableTo(Strided.class);

  /** These give other bits when the JIT compiler takes over. */
  @ArchTest
  static final ArchRule noOperatorWhoseBitsDependOnTheCompiler =
      noClasses()
          .should()
          .accessFieldWhere(
              describe(
                  "an unstable vector operator",
                  access ->
                      access.getTargetOwner().getName().equals(VECTOR)
                          && List.of(
                                  "SIN", "COS", "TAN", "ASIN", "ACOS", "ATAN", "ATAN2", "EXP",
                                  "LOG", "LOG10", "EXPM1", "LOG1P", "SINH", "COSH", "TANH", "POW",
                                  "CBRT", "HYPOT")
                              .contains(access.getTarget().getName())));

  @ArchTest
  static final ArchRule noFloatReductionByLanes =
      noClasses()
          .should()
          .callMethodWhere(
              new DescribedPredicate<JavaMethodCall>("a float reduction of lanes") {
                @Override
                public boolean test(JavaMethodCall call) {
                  return call.getTarget().getName().equals("reduceLanes")
                      && call.getTargetOwner().getSimpleName().matches("(Float|Double)Vector");
                }
              });

  private static <T extends JavaAccess<?>> DescribedPredicate<T> describe(
      String what, java.util.function.Predicate<JavaAccess<?>> test) {
    return new DescribedPredicate<T>(what) {
      @Override
      public boolean test(T access) {
        return test.test(access);
      }
    };
  }

  @ArchTest
  static final ArchRule onlyTheCommandPrints =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.kairos.cli..")
          .and(areNoEntryPoints())
          .should()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err")
          .orShould()
          .callMethod(Throwable.class, "printStackTrace");

  @ArchTest
  static final ArchRule onlyTheCommandExits =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.kairos.cli..")
          .and(areNoEntryPoints())
          .should()
          .callMethod(System.class, "exit", int.class);

  private static DescribedPredicate<JavaClass> areNoEntryPoints() {
    return DescribedPredicate.describe(
        "are no entry points", type -> !type.getFullName().equals("dev.kairos.spark.KairosSpark"));
  }

  @ArchTest
  static final ArchRule nothingUnseeded =
      noClasses()
          .should()
          .callConstructor(java.util.Random.class)
          .orShould()
          .callMethod(Math.class, "random")
          .orShould()
          .callConstructor(java.util.SplittableRandom.class)
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(java.util.concurrent.ThreadLocalRandom.class);

  /** But for what Spark sends to the machines of a cluster, which live as long as one job. */
  @ArchTest
  static final ArchRule nothingIsMadeForJavaSerialisation =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.kairos.spark..")
          .and()
          .areNotAssignableTo(Throwable.class)
          .and()
          .areNotEnums()
          .should()
          .implement(Serializable.class);

  @ArchTest
  static final ArchRule noReflectiveLoading =
      noClasses().should().callMethod(Class.class, "forName", String.class);

  @ArchTest
  static final ArchRule methodsKnowNoSibling =
      slices().assignedFrom(new EachMethod()).should().notDependOnEachOther();

  /** One slice for each entry of {@link Methods}: its package and those below. */
  private static final class EachMethod implements SliceAssignment {
    @Override
    public SliceIdentifier getIdentifierOf(JavaClass type) {
      return Methods.all().stream()
          .map(method -> method.getClass().getPackageName())
          .filter(own -> (type.getPackageName() + ".").startsWith(own + "."))
          .findFirst()
          .map(SliceIdentifier::of)
          .orElseGet(SliceIdentifier::ignore);
    }

    @Override
    public String getDescription() {
      return "each method";
    }
  }

  @ArchTest
  static final ArchRule packagesFormNoCycle =
      slices().matching("dev.kairos.(*.*)..").should().beFreeOfCycles();
}
