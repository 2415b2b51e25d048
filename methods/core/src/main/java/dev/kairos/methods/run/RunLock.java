// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.run;

import dev.kairos.tensor.io.DataFormatException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The lock on a run folder: the right to write into it, which one thread of one process has at a
 * time and may take several times over. It is a lock on a file in the folder, which the system
 * takes back from a process that dies in whatever way; the file's text names the holder, and is
 * only ever believed where the file system knows no locks.
 */
public final class RunLock implements AutoCloseable {
  /** The file that is locked; it stays in the folder, and means nothing unless it is locked. */
  static final String LOCK = ".lock";

  private static final int TRIES = 8;
  private static final int MILLIS_BETWEEN = 40;
  private static final int LONGEST_NOTE = 1000;

  /**
   * What this process holds. The system's locks are of processes: it would grant a second thread
   * what the first one has, and drop a lock as soon as any channel of its file is closed.
   */
  private static final Map<Path, RunLock> HELD = new HashMap<>();

  private final Path place;
  private final FileChannel channel;
  private final @Nullable FileLock lock; // null where the file system has none
  private final Thread owner = Thread.currentThread();
  private int times = 1;

  private RunLock(Path place, FileChannel channel, @Nullable FileLock lock) {
    this.place = place;
    this.channel = channel;
    this.lock = lock;
  }

  /** Whether a file is the lock of its folder. */
  public static boolean isLock(Path file) {
    return String.valueOf(file.getFileName()).equals(LOCK);
  }

  /**
   * Takes the right.
   *
   * @param folder a folder that exists
   * @throws DataFormatException naming the holder, if another thread or process has it
   */
  static RunLock of(Path folder) throws IOException {
    Path place = folder.toRealPath();
    synchronized (HELD) {
      RunLock own = HELD.get(place);
      if (own != null && own.owner == Thread.currentThread()) {
        own.times++;
        return own;
      }
      requireNoThread(folder, own);
      RunLock taken = take(folder, place);
      HELD.put(place, taken);
      return taken;
    }
  }

  /**
   * Looks whether the right could be had, and leaves it.
   *
   * @throws DataFormatException naming the holder, if another thread or process has it
   */
  static void requireFree(Path folder) throws IOException {
    if (!Files.isWritable(folder.resolve(LOCK))) {
      return; // there is none, or nobody can write here
    }
    synchronized (HELD) {
      RunLock own = HELD.get(folder.toRealPath());
      if (own == null) {
        try (FileChannel channel = open(folder)) {
          var unused = lock(folder, channel);
        }
      } else if (own.owner != Thread.currentThread()) {
        requireNoThread(folder, own);
      }
    }
  }

  private static void requireNoThread(Path folder, @Nullable RunLock own) {
    if (own != null) {
      String holder = "thread " + own.owner.getName() + " of this process";
      throw taken(folder, holder, "wait for it, or name another run folder");
    }
  }

  private static RunLock take(Path folder, Path place) throws IOException {
    FileChannel channel = open(folder);
    try {
      RunLock taken = new RunLock(place, channel, lock(folder, channel).orElse(null));
      ByteBuffer note = StandardCharsets.UTF_8.encode(Holder.here().note());
      channel.truncate(0);
      while (note.hasRemaining()) {
        channel.write(note, note.position());
      }
      return taken;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static FileChannel open(Path folder) throws IOException {
    return FileChannel.open(
        folder.resolve(LOCK),
        StandardOpenOption.CREATE,
        StandardOpenOption.READ,
        StandardOpenOption.WRITE);
  }

  /**
   * The lock; empty where the file system has none and the note names nobody who lives. One who
   * only looks has the lock for a moment, and one who has just got it has not said so yet: worth a
   * few tries.
   */
  private static Optional<FileLock> lock(Path folder, FileChannel channel) throws IOException {
    for (int rest = TRIES; ; rest--) {
      try {
        // Behind the text, since some systems keep others from reading what is locked.
        FileLock lock = channel.tryLock(Long.MAX_VALUE - 1, 1, false);
        if (lock != null) {
          return Optional.of(lock);
        }
      } catch (OverlappingFileLockException e) {
        throw taken(folder, "another part of this process", "wait for it");
      } catch (IOException e) {
        return withoutLocks(folder, channel);
      }
      if (rest == 1) {
        throw taken(
            folder,
            holder(channel).map(Holder::words).orElse("another process"),
            "wait for it, or name another run folder");
      }
      pause();
    }
  }

  private static Optional<FileLock> withoutLocks(Path folder, FileChannel channel)
      throws IOException {
    Optional<Holder> holder = holder(channel).filter(Holder::mayLive);
    if (holder.isPresent()) {
      throw taken(
          folder,
          holder.get().words(),
          "wait for it; if that process is gone, remove " + folder.resolve(LOCK));
    }
    return Optional.empty();
  }

  private static Optional<Holder> holder(FileChannel channel) throws IOException {
    ByteBuffer note = ByteBuffer.allocate(LONGEST_NOTE);
    int read = channel.read(note, 0);
    return read < 0
        ? Optional.empty()
        : Holder.of(new String(note.array(), 0, read, StandardCharsets.UTF_8));
  }

  private static DataFormatException taken(Path folder, String holder, String hint) {
    return DataFormatException.of("KDATA-209", folder, "is being written to by " + holder, hint);
  }

  private static void pause() {
    try {
      Thread.sleep(MILLIS_BETWEEN);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the tries that are left follow at once
    }
  }

  /** Gives the right back, once for each time that it was taken. */
  @Override
  public void close() throws IOException {
    synchronized (HELD) {
      times--;
      if (times > 0) {
        return;
      }
      HELD.remove(place);
      channel.close();
      if (lock == null) {
        Files.deleteIfExists(place.resolve(LOCK)); // without locks the text is what counts
      }
    }
  }
}
