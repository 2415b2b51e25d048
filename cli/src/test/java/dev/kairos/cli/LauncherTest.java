// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
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
        case $word in -Dkairos.jar=*) echo new > "${word#-Dkairos.jar=}" ;; esac
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
    List<String> command = new ArrayList<>(List.of("sh", script.toString()));
    command.addAll(List.of(args));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().remove("KAIROS_JAVA_OPTS");
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
    Run with = run(jdk("21", "java.sql jdk.incubator.vector java.xml"));
    assertTrue(with.out().contains("[--add-modules]\n[jdk.incubator.vector]\n"), with.out());
    assertFalse(run(jdk("22", "java.sql")).out().contains("vector"));
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
          List.of("kairos-build.log", "kairos.jar"),
          left.map(file -> String.valueOf(file.getFileName())).sorted().toList());
    }
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

  @Test
  void theBuildRunsOnAJdkItsChecksKnow() throws Exception {
    run(jdk("26", ""), "--version");
    if (builds() == 1) { // where the machine has another JDK from 17 to 25
      assertFalse(Files.readString(calls).contains("jdk 26"), Files.readString(calls));
    }
  }
}
