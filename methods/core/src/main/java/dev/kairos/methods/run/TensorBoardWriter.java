// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.run;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.util.zip.CRC32C;

/**
 * Writes scalars as TensorBoard reads them: an event file of records, each {@code length (8 bytes),
 * masked CRC-32C of the length, bytes, masked CRC-32C of the bytes}, little endian, where the bytes
 * are an {@code Event} in protocol buffer form. Every start makes a new file in the folder; a
 * resumed run's steps go on in its own file.
 */
public final class TensorBoardWriter implements AutoCloseable {
  private static final int WALL_TIME = 1 << 3 | 1; // field 1, fixed 64 bits
  private static final int STEP = 2 << 3; // field 2, variable length
  private static final int FILE_VERSION = 3 << 3 | 2; // field 3, bytes
  private static final int SUMMARY = 5 << 3 | 2; // field 5, message
  private static final int SUMMARY_VALUE = 1 << 3 | 2; // field 1, message
  private static final int TAG = 1 << 3 | 2; // field 1, bytes
  private static final int SIMPLE_VALUE = 2 << 3 | 5; // field 2, fixed 32 bits

  private final Path file;
  private final OutputStream out;
  private final Clock clock;

  private TensorBoardWriter(Path file, OutputStream out, Clock clock) {
    this.file = file;
    this.out = out;
    this.clock = clock;
  }

  /** Starts a new event file in a run folder. */
  public static TensorBoardWriter open(Path folder) throws IOException {
    return open(folder, Clock.systemUTC());
  }

  /** The same with a clock of one's own. */
  static TensorBoardWriter open(Path folder, Clock clock) throws IOException {
    String stem =
        "events.out.tfevents.%010d.%s.%d"
            .formatted(
                clock.instant().getEpochSecond(), HostName.here(), ProcessHandle.current().pid());
    for (int serial = 0; ; serial++) {
      Path file = folder.resolve(stem + "." + serial);
      try {
        OutputStream raw = new NamedOutput(file, StandardOpenOption.CREATE_NEW);
        TensorBoardWriter writer =
            new TensorBoardWriter(file, new BufferedOutputStream(raw), clock);
        try {
          writer.event(0, FILE_VERSION, "brain.Event:2".getBytes(StandardCharsets.UTF_8));
          writer.flush();
        } catch (IOException e) {
          raw.close();
          throw e;
        }
        return writer;
      } catch (FileAlreadyExistsException e) {
        if (serial == 999) {
          throw e;
        }
      }
    }
  }

  /** The event file. */
  public Path file() {
    return file;
  }

  /**
   * Adds one point of a curve.
   *
   * @param tag the curve's name, a slash groups: {@code loss/total}
   * @param step the training step, at least 0
   * @param value stored as a 32-bit float, as the format has it
   */
  public void scalar(String tag, long step, double value) throws IOException {
    ByteArrayOutputStream point = new ByteArrayOutputStream();
    bytes(point, TAG, tag.getBytes(StandardCharsets.UTF_8));
    point.write(SIMPLE_VALUE);
    point.writeBytes(little(4).putFloat((float) value).array());
    ByteArrayOutputStream summary = new ByteArrayOutputStream();
    bytes(summary, SUMMARY_VALUE, point.toByteArray());
    event(step, SUMMARY, summary.toByteArray());
  }

  /** Makes everything so far visible to readers. */
  public void flush() throws IOException {
    out.flush();
  }

  @Override
  public void close() throws IOException {
    out.close();
  }

  private void event(long step, int field, byte[] content) throws IOException {
    if (step < 0) {
      throw new IllegalArgumentException("tensorboard: step must be at least 0: " + step);
    }
    Instant now = clock.instant();
    ByteArrayOutputStream event = new ByteArrayOutputStream();
    event.write(WALL_TIME);
    event.writeBytes(little(8).putDouble(now.getEpochSecond() + now.getNano() * 1e-9).array());
    event.write(STEP);
    varint(event, step);
    bytes(event, field, content);
    record(event.toByteArray());
  }

  private void record(byte[] bytes) throws IOException {
    byte[] length = little(8).putLong(bytes.length).array();
    out.write(length);
    out.write(little(4).putInt(maskedCrc(length)).array());
    out.write(bytes);
    out.write(little(4).putInt(maskedCrc(bytes)).array());
  }

  /** CRC-32C, rotated right by 15 bits plus a constant, as the record format asks. */
  static int maskedCrc(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return Integer.rotateRight((int) crc.getValue(), 15) + 0xa282ead8;
  }

  private static void bytes(ByteArrayOutputStream out, int field, byte[] content) {
    out.write(field);
    varint(out, content.length);
    out.writeBytes(content);
  }

  private static void varint(ByteArrayOutputStream out, long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      out.write((int) (rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    out.write((int) rest);
  }

  private static ByteBuffer little(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }
}
