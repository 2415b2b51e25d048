// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.rskp;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** What enters a {@link MemoryBank}, recording after recording, to be sent to other workers. */
final class BankUpdates {
  private final List<Update> all = new ArrayList<>();

  /** Arguments of {@link MemoryBank#update}. */
  static final class Update {
    private final int[] of;
    private final double[] representatives;
    private final double[] probabilities;

    Update(int[] of, double[] representatives, double[] probabilities) {
      this.of = of;
      this.representatives = representatives;
      this.probabilities = probabilities;
    }

    void applyTo(MemoryBank bank) {
      bank.update(of, representatives, probabilities);
    }
  }

  void add(Update update) {
    all.add(update);
  }

  void applyTo(MemoryBank bank) {
    all.forEach(update -> update.applyTo(bank));
  }

  byte[] toBytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(all.size());
      for (Update update : all) {
        out.writeInt(update.of.length);
        for (int label : update.of) {
          out.writeInt(label);
        }
        write(out, update.representatives);
        write(out, update.probabilities);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
    return bytes.toByteArray();
  }

  private static void write(DataOutputStream out, double[] values) throws IOException {
    out.writeInt(values.length);
    for (double value : values) {
      out.writeDouble(value);
    }
  }

  static BankUpdates of(byte[] bytes) {
    BankUpdates updates = new BankUpdates();
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      int count = in.readInt();
      for (int i = 0; i < count; i++) {
        int[] of = new int[in.readInt()];
        for (int k = 0; k < of.length; k++) {
          of[k] = in.readInt();
        }
        updates.add(new Update(of, read(in), read(in)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return updates;
  }

  private static double[] read(DataInputStream in) throws IOException {
    double[] values = new double[in.readInt()];
    for (int i = 0; i < values.length; i++) {
      values[i] = in.readDouble();
    }
    return values;
  }
}
