// SPDX-License-Identifier: Apache-2.0
package dev.kairos.publishing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The poms that others import, and what GraalVM's native-image is told. */
@Tag("once")
class PublishedFilesTest {
  private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
  private static final Pattern ARTIFACT =
      Pattern.compile("<artifactId>(kairos[a-z-]*)</artifactId>");
  private static final Pattern VERSION = Pattern.compile("<version>([^<]+)</version>");

  private static List<Path> find(int depth, String glob) throws IOException {
    var matcher = ROOT.getFileSystem().getPathMatcher("glob:" + glob);
    try (Stream<Path> files = Files.walk(ROOT, depth)) {
      return files.map(ROOT::relativize).filter(matcher::matches).sorted().toList();
    }
  }

  private static String first(Pattern pattern, String text) {
    return pattern.matcher(text).results().findFirst().orElseThrow().group(1);
  }

  /** Less those that are never installed, and the frames of rooms, which are no jars. */
  private static Set<String> rooms() throws IOException {
    Set<String> rooms = new TreeSet<>();
    for (Path file : find(3, "{*,*/*}/pom.xml")) {
      String text = Files.readString(ROOT.resolve(file));
      String own = text.substring(text.indexOf("</parent>") + 1);
      if (text.contains("<parent>")
          && own.contains("<packaging>jar</packaging>")
          && !own.contains("<maven.install.skip>true")) {
        rooms.add(first(ARTIFACT, own));
      }
    }
    return rooms;
  }

  @Test
  void theBomNamesEveryRoomThatIsInstalled() throws IOException {
    String bom = Files.readString(ROOT.resolve("src/bom/pom.xml"));
    Set<String> named =
        ARTIFACT
            .matcher(bom.substring(bom.indexOf("<dependencyManagement>")))
            .results()
            .map(found -> found.group(1))
            .collect(TreeSet::new, Set::add, Set::addAll);
    assertEquals(rooms(), named);
    assertTrue(named.size() > 10, named.toString());
  }

  @Test
  void benchmarksAndTestsAreNeitherInstalledNorDeployed() throws IOException {
    for (String pom : List.of("bench/pom.xml", "src/test/pom.xml")) {
      String text = Files.readString(ROOT.resolve(pom));
      assertTrue(text.contains("<maven.install.skip>true</maven.install.skip>"), pom);
      assertTrue(text.contains("<maven.deploy.skip>true</maven.deploy.skip>"), pom);
    }
  }

  @Test
  void bomAndExamplesAreOfTheVersionOfTheRooms() throws IOException {
    String version = first(VERSION, Files.readString(ROOT.resolve("pom.xml")));
    assertEquals(version, first(VERSION, Files.readString(ROOT.resolve("src/bom/pom.xml"))));
    assertTrue(
        Files.readString(ROOT.resolve("examples/pom.xml"))
            .contains("<kairos.version>" + version + "</kairos.version>"));
  }

  @Test
  void nativeImagesGetTheResourcesOfEveryMethod() throws IOException {
    List<String> forgotten = new ArrayList<>();
    int seen = 0;
    for (Path resources : find(5, "methods/*/src/main/resources")) {
      String room = "kairos-methods-" + resources.getName(1);
      Path folder = ROOT.resolve(resources);
      Path config =
          folder.resolve("META-INF/native-image/dev.kairos/" + room + "/resource-config.json");
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          String resource = folder.relativize(file).toString().replace('\\', '/');
          if (!resource.startsWith("META-INF/")) {
            seen++;
            if (!resource.matches(pattern(config))) {
              forgotten.add(room + ": " + resource);
            }
          }
        }
      }
    }
    assertEquals(List.of(), forgotten);
    assertTrue(seen > 20, seen + " resources");
  }

  /** They cannot be run here: at least they name what is there. */
  @Test
  void startFileOfWindowsAndDockerfileNameWhatIsThere() throws IOException {
    String windows = Files.readString(ROOT.resolve("kairos.cmd"));
    assertTrue(windows.contains("%~dp0cli\\target\\kairos.jar"), windows);
    assertTrue(windows.contains(" --add-modules jdk.incubator.vector "), windows);
    assertTrue(windows.contains(" -jar \"%jar%\" %*"), windows);
    String docker = Files.readString(ROOT.resolve("Dockerfile"));
    assertTrue(docker.contains("RUN docs/restricted/image.sh cli/target/kairos.jar "), docker);
    assertTrue(Files.isExecutable(ROOT.resolve("docs/restricted/image.sh")));
  }

  private static String pattern(Path config) throws IOException {
    return first(Pattern.compile("\"pattern\": \"([^\"]+)\""), Files.readString(config))
        .replace("\\\\", "\\");
  }
}
