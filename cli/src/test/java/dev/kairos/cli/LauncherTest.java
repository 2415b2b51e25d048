// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The start script in a project of its own, with a JDK and a Maven that only say what they got. */
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {
  private static final String FAKE_MAVEN =
      """
      #!/bin/sh
      echo "$JAVA_HOME" >> "$MVN_CALLS"
      sleep 1
      if [ "${MVN_FAILS:-}" ]; then echo '[ERROR] it does not compile'; exit 1; fi
      for word; do
        case $word in
          -Dkairos.jar=*) echo new > "${word#-Dkairos.jar=}" ;;
          -Dkairos.opencl.jar=*) echo "$*" > "${word#-Dkairos.opencl.jar=}" ;;
        esac
      done
      """;

  @TempDir Path folder;
  private Path root;
  private Path jar;
  private Path source;
  private Path bin;
  private Path calls;

  @BeforeEach
  void makeProject() throws IOException {
    root = Files.createDirectories(folder.resolve("a project"));
    bin = Files.createDirectories(folder.resolve("bin"));
    calls = folder.resolve("calls");
    jar = root.resolve("cli/target/kairos.jar");
    source = root.resolve("tensor/src/main/java/A.java");
    Path script = Path.of("..", "kairos");
    Files.copy(script, root.resolve("kairos"));
    Files.writeString(root.resolve("pom.xml"), "<project/>");
    Files.createDirectories(source.getParent());
    Files.writeString(source, "class A {}");
    executable(bin.resolve("mvn"), FAKE_MAVEN);
  }

  private static void executable(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private Path jdk(String version, String modules) throws IOException {
    Path home = folder.resolve("jdk " + version);
    executable(
        home.resolve("bin/java"),
        "#!/bin/sh\necho java " + version + "\nfor word; do echo \"[$word]\"; done\n");
    executable(home.resolve("bin/javac"), "#!/bin/sh\n");
    Files.writeString(
        home.resolve("release"),
        "JAVA_VERSION=\"" + version + ".0.1\"\nMODULES=\"java.base " + modules + "\"\n");
    return home;
  }

  private void builtJar() throws IOException {
    Files.createDirectories(jar.getParent());
    Files.writeString(jar, "old");
    age(root.resolve("pom.xml"));
    age(source);
    for (Path at = source.getParent(); !at.equals(root); at = at.getParent()) {
      age(at);
    }
  }

  private static void age(Path file) throws IOException {
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(3600)));
  }

  private Process start(Path script, Map<String, String> environment, String... args)
      throws IOException {
    // Another shell, as Alpine's, is tried by -Dkairos.test.shell="busybox sh".
    String shell = System.getProperty("kairos.test.shell", "sh");
    List<String> command = new ArrayList<>(List.of(shell.split(" ")));
    command.add(script.toString());
    command.addAll(List.of(args));
    ProcessBuilder builder = new ProcessBuilder(command);
    for (String variable :
        List.of("KAIROS_JAVA_OPTS", "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS")) {
      builder.environment().remove(variable);
    }
    builder.environment().put("PATH", bin + ":" + System.getenv("PATH"));
    builder.environment().put("MVN_CALLS", calls.toString());
    builder.environment().putAll(environment);
    return builder.directory(folder.toFile()).start();
  }

  private static Run finish(Process process) throws IOException, InterruptedException {
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(60, TimeUnit.SECONDS));
    return new Run(process.exitValue(), out, err);
  }

  private Run run(Path home, Map<String, String> more, String... args) throws Exception {
    Map<String, String> environment = new java.util.HashMap<>(more);
    environment.put("JAVA_HOME", home.toString());
    return finish(start(root.resolve("kairos"), environment, args));
  }

  private Run run(Path home, String... args) throws Exception {
    return run(home, Map.of(), args);
  }

  private int builds() throws IOException {
    return Files.exists(calls) ? Files.readAllLines(calls).size() : 0;
  }

  @Test
  void argumentsArriveAsTheyAreGiven() throws Exception {
    builtJar();
    Run run = run(jdk("21", "jdk.incubator.vector"), "evaluate", "a b", "*", "", "$HOME");
    assertEquals(0, run.code(), run.err());
    List<String> lines = run.out().lines().toList();
    int at = lines.indexOf("[-jar]");
    assertEquals(
        List.of("[" + jar + "]", "[evaluate]", "[a b]", "[*]", "[]", "[$HOME]"),
        lines.subList(at + 1, lines.size()));
    assertEquals("java 21", lines.get(0));
    assertEquals("", run.err());
    assertEquals(0, builds());
  }

  @Test
  void theVectorModuleIsAskedForWhereThereIsOne() throws Exception {
    builtJar();
    Path home = jdk("21", "java.sql jdk.incubator.vector java.xml");
    Run with = run(home, "train", "plain");
    assertTrue(with.out().contains("[--add-modules]\n[jdk.incubator.vector]\n"), with.out());
    assertFalse(run(jdk("22", "java.sql"), "train").out().contains("vector"));
  }

  /** The JVM's note about the incubating module cannot be turned off. */
  @Test
  void theVectorModuleIsAskedForByVerbsThatCompute() throws Exception {
    builtJar();
    Path home = jdk("21", "jdk.incubator.vector");
    for (String line :
        List.of(
            "--version",
            "train --help",
            "lp solve train",
            "--quiet inspect demo",
            "--log-format json evaluate",
            "report x",
            "label --data x",
            "")) {
      assertFalse(run(home, line.split(" ")).out().contains("vector"), line);
    }
    for (String line :
        List.of(
            "demo",
            "--log-format json --quiet localize",
            "bench",
            "tune x",
            "label --data x --run y",
            "label --run=y")) {
      assertTrue(run(home, line.split(" ")).out().contains("vector"), line);
    }
  }

  @Test
  void verbsThatDoLittleStartFromArchivedClasses() throws Exception {
    builtJar();
    Path home = jdk("21", "jdk.incubator.vector");
    Path archive = root.resolve("cli/target/kairos.java-21.jsa");
    Files.writeString(archive, "classes");
    Files.setLastModifiedTime(archive, Files.getLastModifiedTime(jar));
    String flag = "[-XX:SharedArchiveFile=" + archive + "]\n";
    assertFalse(run(home, "inspect", "x").out().contains("SharedArchive"), "as old as the jar");
    Files.setLastModifiedTime(archive, FileTime.from(Instant.now().plusSeconds(2)));
    Run inspect = run(home, "inspect", "x");
    assertTrue(inspect.out().contains("[-Xlog:cds*=off]\n"), inspect.out());
    assertTrue(inspect.out().contains(flag), inspect.out());
    assertFalse(inspect.out().contains("Alignment"), "classes are archived for another alignment");
    Run train = run(home, "train", "plain");
    assertFalse(train.out().contains("SharedArchive"), train.out());
    assertTrue(train.out().contains("Alignment"), train.out());
    for (String theirs : List.of("-Xshare:off", "-XX:ObjectAlignmentInBytes=16")) {
      Run run = run(home, Map.of("KAIROS_JAVA_OPTS", theirs), "inspect", "x");
      assertFalse(run.out().contains("SharedArchive"), run.out());
    }
    assertFalse(run(jdk("22", ""), "inspect", "x").out().contains("SharedArchive"), "another JDK");
  }

  @ParameterizedTest
  @CsvSource({
    "21, kairos.java-21.jsa, ArchiveClassesAtExit, SharedArchiveFile",
    "25, kairos.java-25.aot, AOTCacheOutput, AOTCache"
  })
  void classesAreArchivedWhenTheJarWasBuilt(String java, String name, String written, String read)
      throws Exception {
    Path home = jdk(java, "jdk.incubator.vector");
    executable(
        home.resolve("bin/java"),
        """
        #!/bin/sh
        for word; do
          case $word in -XX:WRITTEN=*) to=${word#*=} ;; esac
        done
        if [ "${to:-}" ]; then
          for last; do :; done
          cp "$last" "$to"
        else
          for word; do echo "[$word]"; done
        fi
        """
            .replace("WRITTEN", written));
    Run run = run(home, "inspect", "x");
    Path archive = root.resolve("cli/target").resolve(name);
    assertTrue(run.out().contains("[-XX:" + read + "=" + archive + "]\n"), run.err());
    byte[] matrix = Files.readAllBytes(archive); // what was inspected meanwhile
    assertEquals(128 + 4, matrix.length);
    assertEquals(
        List.of("kairos-build.log", "kairos.jar", name, "kairos.sums"),
        namesIn(archive.getParent()));
  }

  private static List<String> namesIn(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void worksThroughSymbolicLinks() throws Exception {
    builtJar();
    Path link = folder.resolve("link");
    Files.createSymbolicLink(link, Path.of("other"));
    Files.createSymbolicLink(folder.resolve("other"), root.resolve("kairos"));
    Run run = finish(start(link, Map.of("JAVA_HOME", jdk("21", "").toString()), "--version"));
    assertTrue(run.out().contains("[" + jar + "]\n[--version]"), run.out() + run.err());
  }

  @Test
  void flagsOfOnesOwnComeLastAndMayChooseTheCollector() throws Exception {
    builtJar();
    Path home = jdk("21", "");
    Run run = run(home, Map.of("KAIROS_JAVA_OPTS", "-Xmx1g  -Da=*"));
    List<String> lines = run.out().lines().toList();
    assertTrue(lines.indexOf("[-XX:+UseSerialGC]") < lines.indexOf("[-Xmx1g]"), run.out());
    assertTrue(lines.indexOf("[-Da=*]") < lines.indexOf("[-jar]"), run.out());
    Run own = run(home, Map.of("KAIROS_JAVA_OPTS", "-XX:+UseZGC"));
    assertFalse(own.out().contains("SerialGC"), own.out());
  }

  @Test
  void whatTheUserNamesIsTheUsers() throws Exception {
    builtJar();
    Path home = jdk("21", "");
    String plain = run(home).out();
    assertTrue(plain.contains("[-XX:+UseSerialGC]\n[-XX:MaxNewSize=64m]"), plain);
    for (String variable :
        List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS", "KAIROS_JAVA_OPTS")) {
      for (String flags :
          List.of("-XX:+UseG1GC", "-Da=b '-XX:+UseParallelGC'", "@flags", "-XX:Flags=f")) {
        String out = run(home, Map.of(variable, flags)).out();
        assertFalse(out.contains("SerialGC") || out.contains("MaxNewSize"), out);
      }
      for (String flags : List.of("-Xmn1g", "-XX:NewSize=1g", "-Xmx64m", "-XX:NewRatio=1")) {
        String out = run(home, Map.of(variable, flags)).out();
        assertTrue(out.contains("SerialGC") && !out.contains("MaxNewSize=64m"), out);
      }
      String out = run(home, Map.of(variable, "-XX:+UseGCOverheadLimit -Xmx8g")).out();
      assertTrue(out.contains("[-XX:+UseSerialGC]\n[-XX:MaxNewSize=64m]"), out);
      String aligned = "-XX:ObjectAlignmentInBytes=16";
      out = run(home, Map.of(variable, aligned)).out();
      assertFalse(out.contains("InBytes=64"), out);
    }
  }

  @Test
  void aJavaHomeThatIsTooOldIsSaidAndPassedOver() throws Exception {
    builtJar();
    Run run = run(jdk("11", ""), "--version");
    assertFalse(run.out().contains("java 11"), run.out());
    assertTrue(run.err().contains("holds no Java 17 or newer"), run.err());
  }

  @Test
  void aMissingJarIsBuiltOnceByLaunchesAtTheSameTime() throws Exception {
    Map<String, String> environment = Map.of("JAVA_HOME", jdk("21", "").toString());
    List<Process> launches = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      launches.add(start(root.resolve("kairos"), environment, "--version"));
    }
    for (Process launch : launches) {
      Run run = finish(launch);
      assertEquals(0, run.code(), run.err());
      assertTrue(run.err().startsWith("kairos: building") || run.err().startsWith("kairos: wait"));
    }
    assertEquals(1, builds());
    assertEquals("new\n", Files.readString(jar));
    try (var left = Files.list(jar.getParent())) {
      assertEquals(
          List.of("kairos-build.log", "kairos.jar", "kairos.sums"),
          left.map(file -> String.valueOf(file.getFileName())).sorted().toList());
    }
  }

  @Test
  void theEditionWithOpenClIsAJarOfItsOwn() throws Exception {
    builtJar();
    Run run = run(jdk("21", ""), Map.of("KAIROS_OPENCL", "1"), "backends");
    assertEquals(0, run.code(), run.err());
    Path own = jar.resolveSibling("kairos-opencl.jar");
    assertTrue(run.out().contains("[" + own + "]\n[backends]"), run.out());
    String built = Files.readString(own);
    assertTrue(built.contains(" -Popencl -Dkairos.jar.skip "), built);
    assertEquals("old", Files.readString(jar), "the other is not touched");
    assertEquals(1, builds());
  }

  @Test
  void changedNewAndDeletedSourcesBuildAgain() throws Exception {
    Path home = jdk("21", "");
    builtJar();
    run(home);
    assertEquals(0, builds());
    Files.writeString(root.resolve("pom.xml"), "<project><!-- changed --></project>");
    Files.setLastModifiedTime(jar, FileTime.from(Instant.now().minusSeconds(60)));
    Run changed = run(home);
    assertTrue(changed.err().contains("kairos: building"), changed.err());
    assertEquals(1, builds());
    run(home);
    assertEquals(1, builds());

    builtJar();
    Files.setLastModifiedTime(jar, FileTime.from(Instant.now().minusSeconds(60)));
    Files.delete(source); // the folder is newer than the jar now
    run(home);
    assertEquals(2, builds());

    builtJarWithoutSource();
    Path test = root.resolve("tensor/src/test/java/T.java");
    Files.createDirectories(test.getParent());
    age(root.resolve("tensor/src"));
    Files.writeString(test, "class T {}");
    run(home);
    assertEquals(2, builds(), "tests are not in the jar");
  }

  private void builtJarWithoutSource() throws IOException {
    Files.writeString(source, "class A {}");
    builtJar();
    Files.setLastModifiedTime(jar, FileTime.from(Instant.now().minusSeconds(60)));
  }

  @Test
  void aFailedBuildShowsItsEndAndLeavesNoJar() throws Exception {
    Run run = run(jdk("21", ""), Map.of("MVN_FAILS", "1"), "--version");
    assertEquals(70, run.code());
    assertEquals("", run.out());
    assertTrue(run.err().contains("[ERROR] it does not compile"), run.err());
    assertFalse(Files.exists(jar));
    Run again = run(jdk("21", ""), "--version");
    assertEquals(0, again.code(), again.err());
  }

  @Test
  void theLockOfADeadBuildIsBroken() throws Exception {
    Process dead = new ProcessBuilder("true").start();
    dead.waitFor();
    Files.createDirectories(jar.getParent());
    Files.createSymbolicLink(jar.resolveSibling("kairos.lock"), Path.of("pid-" + dead.pid()));
    Run run = run(jdk("21", ""), "--version");
    assertEquals(0, run.code(), run.err());
    assertEquals(1, builds());
  }

  private Path lock(String target) throws IOException {
    Files.createDirectories(jar.getParent());
    Files.deleteIfExists(jar);
    Path lock = jar.resolveSibling("kairos.lock");
    Files.deleteIfExists(lock);
    return Files.createSymbolicLink(lock, Path.of(target));
  }

  @Test
  void theLockOfAProcessThatIsNotTheHolderIsBroken() throws Exception {
    Path home = jdk("21", "");
    long self = ProcessHandle.current().pid();
    int expected = 0;
    for (String name :
        List.of("pid-" + self + "-1", "pid-" + self, "pid-1", "pid-", "pid-x-1", "anything")) {
      lock(name);
      Run run = run(home, "--version");
      assertEquals(0, run.code(), run.err());
      assertTrue(run.err().startsWith("kairos: building"), name + ": " + run.err());
      assertEquals(++expected, builds(), name);
    }
  }

  @Test
  void aLockThatIsAFileIsTakenAwayAndAFolderNamed() throws Exception {
    Path home = jdk("21", "");
    Path lock = jar.resolveSibling("kairos.lock");
    Files.createDirectories(jar.getParent());
    Files.writeString(lock, "");
    Run run = run(home, "--version");
    assertEquals(0, run.code(), run.err());
    assertEquals(1, builds());
    assertFalse(Files.exists(lock));
    Files.delete(jar);
    Files.createDirectory(lock);
    Run folder = run(home, "--version");
    assertEquals(3, folder.code());
    assertTrue(folder.err().contains("KDATA-903: " + lock + " is a folder"), folder.err());
    Files.delete(lock);
    Files.createDirectory(jar.resolveSibling("kairos.lock.break"));
    assertEquals(0, run(home, "--version").code());
  }

  @Test
  void whatAKilledBuildLeavesIsSweptAwayAndItsMavenWaitedFor() throws Exception {
    Path home = jdk("21", "");
    Process launch =
        start(root.resolve("kairos"), Map.of("JAVA_HOME", home.toString()), "--version");
    Path maven = jar.resolveSibling("kairos.maven");
    while (!Files.isSymbolicLink(maven)) {
      Thread.sleep(10);
    }
    launch.destroyForcibly().waitFor();
    Files.createDirectories(root.resolve("tensor/target/classes/dev"));
    Files.writeString(root.resolve("tensor/target/classes/dev/Half.class"), "half");
    Run run = run(home, "--version");
    assertEquals(0, run.code(), run.err());
    assertEquals(2, builds());
    assertFalse(Files.exists(root.resolve("tensor/target/classes")));
    try (var left = Files.list(jar.getParent())) {
      assertEquals(
          List.of("kairos-build.log", "kairos.jar", "kairos.sums"),
          left.map(file -> String.valueOf(file.getFileName())).sorted().toList());
    }
  }

  @Test
  void aSignalEndsTheBuildAtOnce() throws Exception {
    Path home = jdk("21", "");
    Process launch =
        start(root.resolve("kairos"), Map.of("JAVA_HOME", home.toString()), "--version");
    while (builds() == 0) {
      Thread.sleep(10);
    }
    launch.destroy();
    assertTrue(launch.waitFor(30, TimeUnit.SECONDS));
    assertEquals(4, launch.exitValue());
    assertFalse(Files.exists(jar.resolveSibling("kairos.lock"), LinkOption.NOFOLLOW_LINKS));
    Run again = run(home, "--version");
    assertEquals(0, again.code(), again.err());
  }

  @Test
  void newFileTimesAloneAreNoReasonToBuild() throws Exception {
    Path home = jdk("21", "");
    run(home);
    assertEquals(1, builds());
    FileTime later = FileTime.from(Instant.now().plusSeconds(60));
    Files.setLastModifiedTime(source, later);
    Run copied = run(home);
    assertEquals("", copied.err());
    Files.writeString(source, "class A { int changed; }");
    Files.setLastModifiedTime(source, later);
    run(home);
    assertEquals(2, builds());
    Files.writeString(source, "class A {}");
    Files.setLastModifiedTime(source, later);
    Files.writeString(jar, "built by someone else meanwhile");
    run(home);
    assertEquals(3, builds(), "the sum is of another jar");
  }

  @Test
  void theBuildRunsOnAJdkItsChecksKnow() throws Exception {
    run(jdk("26", ""), "--version");
    if (builds() == 1) { // where the machine has another JDK from 17 to 25
      assertFalse(Files.readString(calls).contains("jdk 26"), Files.readString(calls));
    }
  }
}
