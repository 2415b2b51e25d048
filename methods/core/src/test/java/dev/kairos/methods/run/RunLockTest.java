// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.tensor.io.DataFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunLockTest {
  private static final String CONFIG = "seed = 1\n";

  @TempDir Path folder;

  private final ExecutorService others = Executors.newCachedThreadPool();

  @AfterEach
  void end() {
    others.shutdownNow();
  }

  private <T> T elsewhere(Callable<T> work) throws Exception {
    return others.submit(work).get();
  }

  private String refusal(Callable<?> work) {
    ExecutionException e = assertThrows(ExecutionException.class, () -> elsewhere(work));
    DataFormatException refused = (DataFormatException) e.getCause();
    assertEquals("KDATA-209", refused.code());
    return String.valueOf(refused.getMessage());
  }

  @Test
  void aThreadMayClaimAgainAndKeepsItUntilTheLastIsClosed() throws Exception {
    try (RunLock first = RunFolder.lock(folder)) {
      try (RunLock second = RunFolder.lock(folder)) {
        assertSame(first, second);
      }
      String name = Thread.currentThread().getName();
      assertTrue(refusal(() -> RunFolder.lock(folder)).contains("thread " + name));
      assertTrue(refusal(() -> RunFolder.create(folder, CONFIG)).contains("thread " + name));
    }
    elsewhere(() -> RunFolder.lock(folder)).close();
  }

  @Test
  void lookingDisturbsNobody() throws Exception {
    RunFolder run = RunFolder.create(folder.resolve("run"), CONFIG);
    Path unfinished = run.file(".kairos-999999999999-a.tmp");
    Files.createFile(unfinished);
    try (RunLock lock = RunLock.of(run.path())) {
      refusal(
          () -> {
            RunFolder.requireUnused(run.path());
            return "";
          });
      assertThrows(DataFormatException.class, () -> RunFolder.requireUnused(run.path()));
    }
    assertThrows(DataFormatException.class, () -> RunFolder.requireUnused(run.path()));
    assertFalse(RunFolder.isEmpty(run.path()));
    assertTrue(Files.exists(unfinished));
  }

  @Test
  void aLinkToTheFolderIsTheSameFolder() throws Exception {
    Path link =
        Files.createSymbolicLink(
            folder.resolve("link"), Files.createDirectory(folder.resolve("run")));
    try (RunLock lock = RunFolder.lock(link)) {
      refusal(() -> RunFolder.lock(folder.resolve("run")));
    }
  }

  @Test
  void aStrangersFolderIsLeftAsItIs() throws IOException {
    Files.writeString(folder.resolve("mine.txt"), "mine");
    assertThrows(DataFormatException.class, () -> RunFolder.create(folder, CONFIG));
    try (var files = Files.list(folder)) {
      assertEquals(1, files.count());
    }
  }

  /** Of many that begin at once one does; the folder is its own from the first byte to the last. */
  @Test
  void oneOfManyThatBeginTogetherBegins() throws Exception {
    for (int round = 0; round < 20; round++) {
      Path run = folder.resolve("run" + round);
      CountDownLatch start = new CountDownLatch(1);
      AtomicInteger begun = new AtomicInteger();
      AtomicInteger winner = new AtomicInteger();
      List<Future<?>> all =
          IntStream.range(0, 6)
              .<Future<?>>mapToObj(
                  seed ->
                      others.submit(
                          () -> {
                            start.await();
                            try {
                              RunFolder unused = RunFolder.create(run, "seed = " + seed + "\n");
                              winner.set(seed);
                              begun.incrementAndGet();
                            } catch (DataFormatException e) {
                              assertTrue(List.of("KDATA-209", "KDATA-202").contains(e.code()));
                            }
                            return "";
                          }))
              .toList();
      start.countDown();
      for (Future<?> one : all) {
        one.get();
      }
      assertEquals(1, begun.get(), "round " + round);
      assertEquals("seed = " + winner + "\n", RunFolder.open(run).config());
    }
  }

  @Test
  void leftOversOfAllFoldersGo() throws IOException {
    RunFolder run = RunFolder.create(folder.resolve("run"), CONFIG);
    Path curves = Files.createDirectories(run.file("stages/ilg/cas"));
    for (Path place : List.of(run.path(), run.file("stages"), run.file("stages/ilg"), curves)) {
      Files.createFile(place.resolve(".kairos-999999999999-a.tmp"));
      Files.createFile(place.resolve("mine.tmp"));
    }
    RunFolder.lock(run.path()).close();
    try (var files = Files.walk(run.path())) {
      List<String> left =
          files.map(f -> String.valueOf(f.getFileName())).filter(n -> n.endsWith(".tmp")).toList();
      assertEquals(List.of("mine.tmp", "mine.tmp", "mine.tmp", "mine.tmp"), left);
    }
  }

  @Test
  void theNoteNamesTheHolder() throws IOException {
    try (RunLock lock = RunFolder.lock(folder)) {
      Holder holder = Holder.here();
      Holder noted = Holder.of(Files.readString(folder.resolve(RunLock.LOCK))).orElseThrow();
      assertEquals(holder.pid(), noted.pid());
      assertEquals(holder.host(), noted.host());
      assertEquals(holder.started(), noted.started());
      assertTrue(noted.words().startsWith("process " + holder.pid() + " on " + holder.host()));
    }
  }

  @Test
  void onlyTheSameLivingProcessIsBelieved() {
    Holder here = Holder.here();
    assertEquals(Optional.of(here), Holder.of(here.note()));
    assertTrue(here.mayLive());
    Instant before = here.started().minusSeconds(3600);
    Holder reused = new Holder(here.pid(), here.host(), before, before);
    assertFalse(reused.mayLive(), "another process had this number");
    assertFalse(new Holder(999_999_999_999L, here.host(), before, before).mayLive());
    assertTrue(new Holder(1, "another-" + here.host(), before, before).mayLive(), "not known");
  }

  @Test
  void aNoteThatIsNoneNamesNobody() {
    for (String note :
        List.of("", "process 1 on a, started now, since then\n", "process 12", "\0\0\0")) {
      assertEquals(Optional.empty(), Holder.of(note), note);
    }
  }
}
