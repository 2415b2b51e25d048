// SPDX-License-Identifier: Apache-2.0
package dev.kairos.spark.files;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsAction;
import org.apache.spark.SparkEnv;

/**
 * A store of the scheme {@code elsewhere}, which java.nio does not know. It lies on this disk, and
 * can do what stores do: fail, or take the process with it, when an executor reads its third array.
 */
public final class ElsewhereFileSystem extends RawLocalFileSystem {
  /** Setting: a file to make before the executor's process is ended, once. */
  public static final String HALTS = "fs.elsewhere.halts";

  /** Setting: a file to make before a read fails, once. */
  public static final String FAILS = "fs.elsewhere.fails";

  private static final URI ROOT = URI.create("elsewhere:///");
  private static final int WHEN = 3;
  private static final AtomicInteger ARRAYS = new AtomicInteger(); // read by this process

  /** Hadoop makes it. */
  public ElsewhereFileSystem() {}

  @Override
  public URI getUri() {
    return ROOT;
  }

  @Override
  public String getScheme() {
    return ROOT.getScheme();
  }

  /** Who is asked as the owner of a file on this disk would have to be asked of another scheme. */
  @Override
  public void access(Path file, FsAction mode) throws IOException {
    var unused = getFileStatus(file);
  }

  @Override
  public FSDataInputStream open(Path file, int bufferSize) throws IOException {
    boolean executor = SparkEnv.get() != null && !SparkEnv.get().executorId().equals("driver");
    boolean local =
        SparkEnv.get() != null
            && SparkEnv.get().conf().get("spark.master", "").startsWith("local[");
    if ((executor || local)
        && file.getName().endsWith(".npy")
        && ARRAYS.incrementAndGet() >= WHEN) {
      if (executor && isFirst(HALTS)) {
        Runtime.getRuntime().halt(9);
      }
      if (isFirst(FAILS)) {
        throw new IOException("the store is away");
      }
    }
    return super.open(file, bufferSize);
  }

  private boolean isFirst(String setting) throws IOException {
    String marker = getConf().get(setting);
    if (marker == null) {
      return false;
    }
    try {
      Files.createFile(java.nio.file.Path.of(marker));
      return true;
    } catch (FileAlreadyExistsException done) {
      return false;
    }
  }
}
