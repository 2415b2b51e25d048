// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.methods.data.Fingerprint;
import dev.kairos.tensor.io.DataFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProvenanceTest {
  private static final String HASH = "0123456789abcdef0123456789abcdef01234567";
  private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

  @TempDir Path folder;

  @Test
  void jsonReadsBackTheSame() {
    Provenance running = provenance();
    assertEquals(running, Provenance.fromJson(folder, running.toJson()));
    assertNull(running.end());
    Provenance done = running.ended(START.plusSeconds(60));
    assertEquals(done, Provenance.fromJson(folder, done.toJson()));
    assertEquals("2026-01-02T03:05:05Z", done.summary().get("ended"));
  }

  @Test
  void hashesAreSha256() throws IOException {
    // The SHA-256 of "abc", from FIPS 180-2.
    String abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    assertEquals(abc, provenance().configSha256());
    Path file = Files.writeString(folder.resolve("f"), "abc");
    assertEquals(abc, Fingerprint.of(file));
  }

  @Test
  void thisPlatformIsNamed() {
    Provenance provenance = provenance();
    assertTrue(provenance.java().matches("\\d+.*"), provenance.java());
    assertEquals(System.getProperty("os.arch"), provenance.arch());
    assertEquals(Provenance.KAIROS_VERSION, provenance.version());
  }

  @Test
  void theVersionIsThatOfTheBuild() throws IOException {
    String pom = Files.readString(Path.of("pom.xml"));
    assertTrue(pom.contains("<version>" + Provenance.KAIROS_VERSION + "</version>"));
  }

  @Test
  void otherFilesAreRefusedByName() {
    for (String text : List.of("", "[]", "{}", "{\"config\": 1", "7")) {
      DataFormatException e =
          assertThrows(DataFormatException.class, () -> Provenance.fromJson(folder, text));
      assertTrue(e.getMessage().startsWith(folder.toString()), e.getMessage());
    }
    String badTime = provenance().toJson().replace("2026-01-02T", "yesterday");
    assertThrows(DataFormatException.class, () -> Provenance.fromJson(folder, badTime));
  }

  @Test
  void theCommitIsFoundInEveryFormOfARepository() throws IOException {
    Path git = Files.createDirectories(folder.resolve("repo/.git"));
    Path inside = Files.createDirectories(folder.resolve("repo/a/b"));
    assertEquals(Optional.empty(), GitCommit.of(inside));
    Files.writeString(git.resolve("HEAD"), HASH + "\n");
    assertEquals(Optional.of(HASH), GitCommit.of(inside));
    Files.writeString(git.resolve("HEAD"), "ref: refs/heads/main\n");
    assertEquals(Optional.empty(), GitCommit.of(inside));
    Files.writeString(git.resolve("packed-refs"), "# pack-refs\n" + HASH + " refs/heads/main\n");
    assertEquals(Optional.of(HASH), GitCommit.of(inside));
    String other = HASH.replace('0', 'f');
    Files.createDirectories(git.resolve("refs/heads"));
    Files.writeString(git.resolve("refs/heads/main"), other + "\n");
    assertEquals(Optional.of(other), GitCommit.of(inside));

    Path linked = Files.createDirectories(git.resolve("worktrees/w"));
    Files.writeString(linked.resolve("HEAD"), "ref: refs/heads/main\n");
    Files.writeString(linked.resolve("commondir"), "../..\n");
    Path worktree = Files.createDirectories(folder.resolve("w"));
    Files.writeString(worktree.resolve(".git"), "gitdir: " + linked + "\n");
    assertEquals(Optional.of(other), GitCommit.of(worktree));
  }

  @Test
  void saysWhoseBitsItHasAndReadsFilesThatDoNot() {
    Provenance provenance = provenance();
    assertEquals("vector", provenance.arithmetic());
    assertTrue(provenance.summary().containsValue("cpu-simd, vector loops, 16 lanes, 2 threads"));
    String json = provenance.toJson();
    String old = json.replaceFirst("\\s*\"arithmetic\"[^,]*,", "");
    assertTrue(old.length() < json.length(), json);
    assertEquals("", Provenance.fromJson(folder, old).arithmetic());
  }

  @Test
  void saysWhereThePointsComeFromAndReadsFilesThatDoNot() {
    Provenance provenance = provenance();
    assertEquals("uniform, seed 7", provenance.summary().get("points"));
    String old = provenance.toJson().replaceFirst("\\s*\"points\"[^\"]*\"[^\"]*\",", "");
    assertEquals("", Provenance.fromJson(folder, old).points());
    assertNull(Provenance.fromJson(folder, old).summary().get("points"));
  }

  private static Provenance provenance() {
    return Provenance.of(
        "abc",
        Map.of("b.npy", "22", "a.npy", "11"),
        "uniform, seed 7",
        42,
        null,
        "cpu-simd",
        "vector",
        16,
        2,
        START);
  }
}
