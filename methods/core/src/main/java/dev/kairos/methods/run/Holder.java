// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.run;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who writes into a run folder: what the lock's file says for others to read.
 *
 * @param pid number of the process
 * @param host name of its machine
 * @param started when the process started: numbers are used again, a number with its time is not
 * @param since when it holds the folder
 */
record Holder(long pid, String host, Instant started, Instant since) {
  private static final Pattern NOTE =
      Pattern.compile("process (\\d{1,18}) on ([\\w-]+), started (\\S+), since (\\S+)\n");
  private static final Duration CLOCKS_DIFFER = Duration.ofSeconds(2);

  /** This process, from now on. */
  static Holder here() {
    ProcessHandle own = ProcessHandle.current();
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    return new Holder(own.pid(), HostName.here(), own.info().startInstant().orElse(now), now);
  }

  /** One line for the lock's file. */
  String note() {
    return "process " + pid + " on " + host + ", started " + started + ", since " + since + "\n";
  }

  /** Reads a note; empty where it is none, for example not written to its end yet. */
  static Optional<Holder> of(String note) {
    Matcher words = NOTE.matcher(note);
    if (!words.matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Holder(
              Long.parseLong(words.group(1)),
              words.group(2),
              Instant.parse(words.group(3)),
              Instant.parse(words.group(4))));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  boolean isElsewhere() {
    return !host.equals(HostName.here());
  }

  /** Whether the process lives; of another machine's it cannot be told, and yes is assumed. */
  boolean mayLive() {
    if (isElsewhere()) {
      return true;
    }
    Optional<ProcessHandle> process = ProcessHandle.of(pid).filter(ProcessHandle::isAlive);
    return process.isPresent()
        && process.get().info().startInstant().map(this::isStart).orElse(true);
  }

  private boolean isStart(Instant time) {
    return Duration.between(started, time).abs().compareTo(CLOCKS_DIFFER) <= 0;
  }

  /** For a message. */
  String words() {
    return "process " + pid + " on " + host + " since " + since;
  }
}
