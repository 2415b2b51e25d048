// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TensorBoardWriterTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.250Z");

  @TempDir Path folder;

  /** What a reader of the format finds in one record. */
  private record Event(double wallTime, long step, String version, String tag, float value) {}

  @Test
  void scalarsReadBack() throws IOException {
    Path file;
    try (TensorBoardWriter writer = open()) {
      file = writer.file();
      writer.scalar("loss/total", 0, 0.1);
      writer.scalar("loss/total", 1L << 40, -3.5e-7);
      writer.scalar("métrique", 300, Double.POSITIVE_INFINITY);
    }
    double time = 1767323045.25;
    assertEquals(
        List.of(
            new Event(time, 0, "brain.Event:2", "", 0),
            new Event(time, 0, "", "loss/total", 0.1f),
            new Event(time, 1L << 40, "", "loss/total", -3.5e-7f),
            new Event(time, 300, "", "métrique", Float.POSITIVE_INFINITY)),
        read(file));
  }

  @Test
  void theFileIsNamedAsTensorBoardLooksForIt() throws IOException {
    try (TensorBoardWriter writer = open()) {
      String name = String.valueOf(writer.file().getFileName());
      assertTrue(
          name.matches("events\\.out\\.tfevents\\.1767323045\\.[A-Za-z0-9_-]+\\.\\d+\\.0"), name);
    }
  }

  @Test
  void aSecondStartInTheSameSecondMakesItsOwnFile() throws IOException {
    try (TensorBoardWriter first = open();
        TensorBoardWriter second = open()) {
      assertNotEquals(first.file(), second.file());
      first.scalar("loss", 1, 1);
      second.scalar("loss", 2, 2);
      first.flush();
      second.flush();
      assertEquals(1, read(first.file()).get(1).step());
      assertEquals(2, read(second.file()).get(1).step());
    }
  }

  @Test
  void theHeaderIsThereBeforeTheFirstScalar() throws IOException {
    try (TensorBoardWriter writer = open()) {
      assertEquals("brain.Event:2", read(writer.file()).get(0).version());
    }
  }

  @Test
  void negativeStepsAreRefused() throws IOException {
    try (TensorBoardWriter writer = open()) {
      assertThrows(IllegalArgumentException.class, () -> writer.scalar("loss", -1, 0));
    }
  }

  @Test
  void theMaskedChecksumIsThatOfTheFormat() {
    // CRC-32C of "123456789" is e3069283 (the check value of RFC 3720's polynomial).
    byte[] bytes = "123456789".getBytes(StandardCharsets.US_ASCII);
    int crc = 0xe3069283;
    assertEquals(((crc >>> 15) | (crc << 17)) + 0xa282ead8, TensorBoardWriter.maskedCrc(bytes));
  }

  private TensorBoardWriter open() throws IOException {
    return TensorBoardWriter.open(folder, Clock.fixed(NOW, ZoneOffset.UTC));
  }

  private static List<Event> read(Path file) throws IOException {
    ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    List<Event> events = new ArrayList<>();
    while (in.hasRemaining()) {
      byte[] length = new byte[8];
      in.get(length);
      assertEquals(TensorBoardWriter.maskedCrc(length), in.getInt(), "checksum of the length");
      byte[] bytes = new byte[(int) ByteBuffer.wrap(length).order(in.order()).getLong()];
      in.get(bytes);
      assertEquals(TensorBoardWriter.maskedCrc(bytes), in.getInt(), "checksum of the event");
      events.add(event(ByteBuffer.wrap(bytes).order(in.order())));
    }
    return events;
  }

  private static Event event(ByteBuffer in) {
    double wallTime = 0;
    long step = 0;
    String version = "";
    String tag = "";
    float value = 0;
    while (in.hasRemaining()) {
      int field = (int) varint(in);
      switch (field) {
        case 9 -> wallTime = in.getDouble();
        case 16 -> step = varint(in);
        case 26 -> version = string(in);
        case 42, 10 -> {
          if (field == 10 && tag.isEmpty() && nested(in)) {
            tag = string(in);
          } else {
            varint(in); // enter the message; its fields follow
          }
        }
        case 21 -> value = in.getFloat();
        default -> throw new AssertionError("unexpected field " + field);
      }
    }
    return new Event(wallTime, step, version, tag, value);
  }

  /** Whether field 1 here is the tag (inside a value) rather than the value itself. */
  private static boolean nested(ByteBuffer in) {
    ByteBuffer ahead = in.duplicate();
    long length = varint(ahead);
    return length < ahead.remaining(); // the value message ends with the event, the tag does not
  }

  private static String string(ByteBuffer in) {
    byte[] bytes = new byte[(int) varint(in)];
    in.get(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static long varint(ByteBuffer in) {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      byte next = in.get();
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
  }
}
