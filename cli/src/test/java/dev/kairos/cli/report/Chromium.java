// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** A browser without a window, to look at pages with. */
public final class Chromium {
  private final Path program;
  private final Path scratch;
  private int runs;

  private Chromium(Path program, Path scratch) {
    this.program = program;
    this.scratch = scratch;
  }

  /** The browser on the PATH; without one the test is skipped, in a CI run it fails. */
  public static Chromium require(Path scratch) {
    Optional<Path> program =
        Stream.of("chromium", "chromium-browser", "google-chrome", "chrome")
            .flatMap(
                name ->
                    Stream.of(System.getenv("PATH").split(File.pathSeparator))
                        .map(folder -> Path.of(folder, name)))
            .filter(Files::isExecutable)
            .findFirst();
    if (program.isEmpty() && "true".equals(System.getenv("CI"))) {
      throw new AssertionError("no chromium on the PATH, and this is a CI run");
    }
    Assumptions.assumeTrue(
        program.isPresent(), "no chromium on the PATH: the page is not looked at");
    return new Chromium(program.orElseThrow(), scratch);
  }

  /** Where the browser is, for who drives it otherwise. */
  public Path program() {
    return program;
  }

  /** What a page has become when its script has run, and what the browser said meanwhile. */
  record Page(String dom, String log) {
    /** What the page's own scripts and resources complained about; the browser's pages do too. */
    List<String> complaints() {
      return log.lines()
          .filter(line -> line.contains("CONSOLE") && !line.contains("source: chrome://"))
          .toList();
    }
  }

  Page open(Path file) throws IOException, InterruptedException {
    return run(file, List.of("--dump-dom"));
  }

  /** A picture of the top of the page. */
  Path picture(Path file, Path png, int width, int height, boolean dark)
      throws IOException, InterruptedException {
    List<String> options = new ArrayList<>();
    options.add("--screenshot=" + png);
    options.add("--window-size=" + width + "," + height);
    options.add("--hide-scrollbars");
    if (dark) {
      options.add("--blink-settings=preferredColorScheme=0");
    }
    run(file, options);
    return png;
  }

  private Page run(Path file, List<String> options) throws IOException, InterruptedException {
    Path profile = Files.createDirectory(scratch.resolve("profile" + runs));
    Path out = scratch.resolve("out" + runs);
    Path log = scratch.resolve("log" + runs);
    runs++;
    List<String> command = new ArrayList<>();
    command.add(program.toString());
    command.addAll(
        List.of(
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-dev-shm-usage",
            "--enable-logging=stderr",
            "--user-data-dir=" + profile,
            "--virtual-time-budget=8000"));
    command.addAll(options);
    command.add(file.toUri().toString());
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(log.toFile())
            .start();
    boolean ended = process.waitFor(120, TimeUnit.SECONDS);
    if (!ended) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly().waitFor();
    }
    assertTrue(ended, "the browser did not end within two minutes");
    assertEquals(0, process.exitValue(), Files.readString(log));
    return new Page(Files.readString(out), Files.readString(log));
  }
}
