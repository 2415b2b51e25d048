// SPDX-License-Identifier: Apache-2.0
package dev.kairos.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kairos.methods.generate.ThumosLikeGenerator;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The one jar of the command holds what is used of its libraries, and does all that it can. */
@Tag("once")
class RunnableJarTest {
  /** What libraries can do with others that are not there; constants that are copied. */
  private static final String OPTIONAL =
      "io\\.jhdf\\.filter\\..* net\\.jpountz\\.lz4\\..*"
          + "|org\\.ejml\\.ops\\.MatrixIO\\S* .*"
          + "|org\\.apache\\.commons\\.lang3\\.time\\.DurationFormatUtils .*\\.DateUtils"
          + "|me\\.tongfei\\.progressbar\\.TerminalUtils org\\.jline\\..*";

  /** Only in the bodies of andThen.., compose.., comparing.. and of what goes over large arrays. */
  private static final Set<String> COMPOSABLE =
      Set.of(
          "bytes.ByteSpliterator",
          "chars.CharSpliterator",
          "doubles.DoubleComparator",
          "doubles.DoubleIterators",
          "floats.FloatSpliterator",
          "ints.Int2DoubleFunction",
          "ints.IntComparator",
          "ints.IntIterators",
          "objects.Object2IntFunction",
          "objects.ObjectIterators",
          "shorts.ShortSpliterator");

  @TempDir Path folder;

  private static Launched kairos(Object... words) throws Exception {
    List<Object> command =
        new ArrayList<>(List.of(Launched.java(), "-Xmx256m", "-jar", Launched.JAR));
    command.addAll(List.of(words));
    return Launched.run(command);
  }

  @Test
  void nothingRefersToAClassThatIsNotThere() {
    StringWriter out = new StringWriter();
    ToolProvider.findFirst("jdeps")
        .orElseThrow()
        .run(
            new PrintWriter(out),
            new PrintWriter(out),
            "--multi-release",
            "17",
            "-filter:none",
            "--missing-deps",
            Launched.JAR.toString());
    Set<String> composable = new TreeSet<>();
    List<String> missing = new ArrayList<>();
    Matcher line = Pattern.compile("(\\S+) +-> (\\S+) +not found").matcher(out.toString());
    while (line.find()) {
      String fastutil = "it.unimi.dsi.fastutil.";
      if (line.group(1).startsWith(fastutil) && line.group(2).startsWith(fastutil)) {
        composable.add(line.group(1).substring(fastutil.length()));
      } else if (!(line.group(1) + " " + line.group(2)).matches(OPTIONAL)) {
        missing.add(line.group());
      }
    }
    assertEquals(List.of(), missing);
    assertEquals(COMPOSABLE, composable, out.toString());
  }

  /** What verification looks for, and what classes extend. */
  @Test
  void everyClassOfFastutilLinks() throws Exception {
    try (JarFile jar = new JarFile(Launched.JAR.toFile());
        URLClassLoader loader =
            new URLClassLoader(
                new URL[] {Launched.JAR.toUri().toURL()}, ClassLoader.getPlatformClassLoader())) {
      List<String> names =
          jar.stream()
              .map(entry -> entry.getName())
              .filter(name -> name.startsWith("it/unimi/dsi/fastutil/") && name.endsWith(".class"))
              .map(name -> name.substring(0, name.length() - ".class".length()).replace('/', '.'))
              .toList();
      assertTrue(names.size() > 100 && names.size() < 700, names.size() + " classes");
      for (String name : names) {
        Class.forName(name, true, loader);
      }
    }
  }

  @Test
  void everyVerbIsThere() throws Exception {
    String help = kairos("--help").succeeded();
    List<String> verbs =
        Pattern.compile("^  ([a-z][a-z-]+)  ", Pattern.MULTILINE)
            .matcher(help.substring(help.indexOf("First steps:")))
            .results()
            .map(found -> found.group(1))
            .toList();
    assertTrue(verbs.size() >= 16, help);
    for (String verb : verbs) {
      assertTrue(kairos(verb, "--help").succeeded().contains("kairos " + verb), verb);
    }
  }

  @Test
  void aTrainedNetworkLocalisesAndIsReported() throws Exception {
    Path data = folder.resolve("data");
    Path run = folder.resolve("run");
    Path detections = folder.resolve("detections.json");
    kairos("make-dataset", "thumos-like", "--quick", "--out", data).succeeded();
    kairos("inspect", data).succeeded();
    kairos("train", "plain", "--data", data, "--out", run, "--set", "steps=20").succeeded();
    kairos("localize", "--run", run, "--data", data, "--out", detections).succeeded();
    Path truth = data.resolve("annotations.json");
    String scores =
        kairos(
                "evaluate",
                "--detections",
                detections,
                "--truth",
                truth,
                "--subset",
                "test",
                "--json")
            .succeeded();
    assertTrue(scores.contains("\"average\""), scores);
    Path page = folder.resolve("report.html");
    kairos("report", "--detections", detections, "--truth", truth, "--out", page).succeeded();
    assertTrue(Files.size(page) > 10_000);
    Path weights = folder.resolve("weights.pt");
    kairos("export-weights", run, "--out", weights).succeeded();
    assertTrue(kairos("inspect", weights).succeeded().contains("F32"));
  }

  @Test
  void aBarIsDrawnOnATerminal() throws Exception {
    assumeTrue(Launched.run(List.of("script", "--version")).code() == 0, "no script command");
    Path data = folder.resolve("data");
    ThumosLikeGenerator.write(data, TinyRun.DATA);
    String train =
        String.join(
            " ",
            Launched.java() + " -Dkairos.columns=80 -jar " + Launched.JAR,
            "train plain --set steps=20 --data " + data + " --out " + folder.resolve("run"));
    String drawn =
        Launched.run(List.of("script", "-qec", train, "/dev/null"), Map.of("TERM", "xterm"))
            .succeeded();
    assertTrue(drawn.contains("100%"), drawn);
  }

  @Test
  void featuresInHdf5AreRead() throws Exception {
    Path file = Launched.ROOT.resolve("methods/formats/src/test/resources/golden/hdf5/packed.h5");
    assertTrue(kairos("inspect", file).succeeded().contains("lzf: F32 [4, 6]"));
  }

  @Test
  void linearProgramsAndPseudoLabelsAreSolved() throws Exception {
    Path lp = folder.resolve("small.lp");
    Files.writeString(
        lp, "max\n x + 2 y\nsubject to\n a: x + y <= 4\n b: x + 3 y <= 6\nbounds\n x <= 3\nend\n");
    Path basis = folder.resolve("small.bas");
    String solved = kairos("lp", "solve", lp, "--json", "--basis-out", basis).succeeded();
    assertTrue(solved.contains("\"optimal\""), solved);
    assertTrue(kairos("lp", "solve", lp, "--basis-in", basis).succeeded().contains("5"));
    Path instances = folder.resolve("instances.json");
    Files.writeString(instances, "[{\"start\": 2, \"end\": 6, \"score\": 0.8}]");
    String label =
        kairos("pseudo-label", "--instances", instances, "--length", "10", "--json").succeeded();
    assertTrue(label.contains("\"label\""), label);
    Path proposals = folder.resolve("proposals.json");
    Files.writeString(
        proposals,
        "[{\"start\": 2, \"end\": 6, \"score\": 0.8}, {\"start\": 2.5, \"end\": 6, \"score\": 0.6}]");
    String fused =
        kairos("fuse", "--proposals", proposals, "--fusion", "gaussian", "--json").succeeded();
    assertTrue(fused.contains("\"members\""), fused);
  }

  @Test
  void theBackendsAreListed() throws Exception {
    String listed = kairos("backends", "--json").succeeded();
    assertTrue(
        Set.of("reference", "cpu").stream().allMatch(listed::contains),
        listed.lines().collect(Collectors.joining()));
  }
}
