// SPDX-License-Identifier: Apache-2.0
package dev.kairos.spark.training;

import dev.kairos.kernels.KairosException;
import dev.kairos.methods.training.TrainingLoop;
import dev.kairos.methods.training.WorkerLostException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * How a worker's task ended, as it tells the driver.
 *
 * @param word the name of a {@link TrainingLoop.Ended}, {@link #LOST} or {@link #FAILED}
 * @param said code, message and hint of what went wrong; empty where nothing did
 */
record WorkerOutcome(String word, List<String> said) {
  static final String LOST = "LOST";
  static final String FAILED = "FAILED";

  static WorkerOutcome of(TrainingLoop.Ended ended) {
    return new WorkerOutcome(ended.name(), List.of());
  }

  static WorkerOutcome of(KairosException e) {
    return new WorkerOutcome(
        e instanceof WorkerLostException ? LOST : FAILED,
        List.of(e.code(), String.valueOf(e.getMessage()), e.hint().orElse("")));
  }

  byte[] toBytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeUTF(word);
      out.writeInt(said.size());
      for (String each : said) {
        out.writeUTF(each);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
    return bytes.toByteArray();
  }

  static WorkerOutcome of(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      String word = in.readUTF();
      List<String> said = new ArrayList<>();
      for (int rest = in.readInt(); rest > 0; rest--) {
        said.add(in.readUTF());
      }
      return new WorkerOutcome(word, List.copyOf(said));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
