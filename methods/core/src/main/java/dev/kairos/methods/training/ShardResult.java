// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.training;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a shard gives beside its gradients, as workers tell each other. */
final class ShardResult {
  private final Map<String, Double> losses;
  private final String problem;
  private final byte[] learned;

  /**
   * A result.
   *
   * @param losses weighted, by name
   * @param problem the first operation whose result is not finite; empty where the loss is
   * @param learned what the task remembers of it, see {@link TrainingTask#endShard}
   */
  ShardResult(Map<String, Double> losses, String problem, byte[] learned) {
    this.losses = losses;
    this.problem = problem;
    this.learned = learned;
  }

  Map<String, Double> losses() {
    return losses;
  }

  String problem() {
    return problem;
  }

  byte[] learned() {
    return learned;
  }

  byte[] toBytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(losses.size());
      for (Map.Entry<String, Double> loss : losses.entrySet()) {
        out.writeUTF(loss.getKey());
        out.writeDouble(loss.getValue());
      }
      out.writeUTF(problem);
      out.write(learned);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
    return bytes.toByteArray();
  }

  static ShardResult of(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      Map<String, Double> losses = new LinkedHashMap<>();
      int count = in.readInt();
      for (int i = 0; i < count; i++) {
        losses.put(in.readUTF(), in.readDouble());
      }
      return new ShardResult(losses, in.readUTF(), in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
