// SPDX-License-Identifier: Apache-2.0
package dev.kairos.spark.measure;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.PositionedReadable;
import org.apache.hadoop.fs.Seekable;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/**
 * A data folder of any number of recordings that lies nowhere: {@code generated://n20000/} has
 * 20,000 of {@code [300, 128]}, each computed from its number when it is read.
 */
public final class GeneratedFileSystem extends FileSystem {
  static final int ROWS = 300;
  static final int WIDTH = 128;

  private static final String TOML =
      """
      name = "generated"
      fps = 16.0
      stride = 16.0
      classes = ["A", "B", "C", "D"]

      [[streams]]
      name = "rgb"
      width = 128
      """;
  private static final int HEADER = 128;
  private static final int BYTES = HEADER + 4 * ROWS * WIDTH;

  private URI root = URI.create("generated://n1/");

  /** Hadoop makes it. */
  public GeneratedFileSystem() {}

  @Override
  public void initialize(URI name, Configuration settings) throws IOException {
    super.initialize(name, settings);
    root = URI.create(name.getScheme() + "://" + name.getAuthority());
  }

  @Override
  public URI getUri() {
    return root;
  }

  @Override
  public String getScheme() {
    return "generated";
  }

  private int recordings() {
    return Integer.parseInt(root.getAuthority().substring(1));
  }

  static String id(int number) {
    return "r%06d".formatted(number);
  }

  /** All are to score on, and nothing is known of them. */
  private byte[] annotations() {
    StringBuilder json = new StringBuilder("{\"database\":{");
    for (int i = 0; i < recordings(); i++) {
      json.append(i == 0 ? "" : ",")
          .append("\"" + id(i) + "\":{\"subset\":\"test\",\"duration\":300.0,\"annotations\":[]}");
    }
    return json.append("}}").toString().getBytes(StandardCharsets.UTF_8);
  }

  /** The features of a recording as a {@code .npy} file: steps of other heights, and noise. */
  static byte[] features(int number) {
    ByteBuffer file = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);
    String about =
        "{'descr': '<f4', 'fortran_order': False, 'shape': (%d, %d), }".formatted(ROWS, WIDTH);
    file.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
    file.putShort((short) (HEADER - 10));
    file.put(about.getBytes(StandardCharsets.US_ASCII));
    while (file.position() < HEADER - 1) {
      file.put((byte) ' ');
    }
    file.put((byte) '\n');
    long state = number * 0x9E3779B97F4A7C15L + 1;
    for (int t = 0; t < ROWS; t++) {
      int kind = Math.floorMod(number + t / 25, 5);
      for (int d = 0; d < WIDTH; d++) {
        state = state * 6364136223846793005L + 1442695040888963407L;
        float noise = (state >>> 40) * 0x1p-24f - 0.5f;
        file.putFloat(noise + (kind < 4 && d % 4 == kind ? 1 : 0));
      }
    }
    return file.array();
  }

  byte[] description() {
    return TOML.getBytes(StandardCharsets.UTF_8);
  }

  private byte[] content(Path file) throws IOException {
    String path = file.toUri().getPath();
    if (path.equals("/dataset.toml")) {
      return description();
    }
    if (path.equals("/annotations.json")) {
      return annotations();
    }
    if (isFeatures(path)) {
      return features(number(path));
    }
    throw new FileNotFoundException(file.toString());
  }

  private boolean isFeatures(String path) {
    return path.matches("/features/rgb/r\\d{6}\\.npy") && number(path) < recordings();
  }

  private static int number(String path) {
    return Integer.parseInt(path.replaceAll("\\D", ""));
  }

  @Override
  public FileStatus getFileStatus(Path file) throws IOException {
    Path whole = makeQualified(file);
    String path = whole.toUri().getPath();
    if (path.equals("/") || path.equals("/features") || path.equals("/features/rgb")) {
      return new FileStatus(0, true, 1, 0, 0, whole);
    }
    long length = isFeatures(path) ? BYTES : content(whole).length;
    return new FileStatus(length, false, 1, 1 << 20, 0, whole);
  }

  @Override
  public FSDataInputStream open(Path file, int bufferSize) throws IOException {
    return new FSDataInputStream(new Content(content(makeQualified(file))));
  }

  /** Bytes that can be read from any place, as Hadoop wants to. */
  private static final class Content extends ByteArrayInputStream
      implements Seekable, PositionedReadable {
    Content(byte[] bytes) {
      super(bytes);
    }

    @Override
    public void seek(long to) throws EOFException {
      if (to > count) {
        throw new EOFException();
      }
      pos = (int) to;
    }

    @Override
    public long getPos() {
      return pos;
    }

    @Override
    public boolean seekToNewSource(long to) {
      return false;
    }

    @Override
    public int read(long from, byte[] to, int offset, int length) {
      if (from >= count) {
        return -1;
      }
      int n = (int) Math.min(length, count - from);
      System.arraycopy(buf, (int) from, to, offset, n);
      return n;
    }

    @Override
    public void readFully(long from, byte[] to, int offset, int length) throws IOException {
      if (read(from, to, offset, length) < length) {
        throw new EOFException();
      }
    }

    @Override
    public void readFully(long from, byte[] to) throws IOException {
      readFully(from, to, 0, to.length);
    }
  }

  private static UnsupportedOperationException readOnly() {
    return new UnsupportedOperationException("generated files cannot be changed");
  }

  @Override
  public FSDataOutputStream create(
      Path file,
      FsPermission permission,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress) {
    throw readOnly();
  }

  @Override
  public FSDataOutputStream append(Path file, int bufferSize, Progressable progress) {
    throw readOnly();
  }

  @Override
  public boolean rename(Path from, Path to) {
    throw readOnly();
  }

  @Override
  public boolean delete(Path path, boolean recursive) {
    throw readOnly();
  }

  @Override
  public FileStatus[] listStatus(Path path) {
    return new FileStatus[0];
  }

  @Override
  public void setWorkingDirectory(Path folder) {}

  @Override
  public Path getWorkingDirectory() {
    return new Path(root.getScheme(), root.getAuthority(), "/");
  }

  @Override
  public boolean mkdirs(Path path, FsPermission permission) {
    throw readOnly();
  }
}
