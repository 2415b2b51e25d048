// SPDX-License-Identifier: Apache-2.0
package dev.kairos.spark.folders;

import dev.kairos.cli.Main;
import dev.kairos.cli.Surroundings;
import dev.kairos.methods.pipeline.LocalizationWork;
import dev.kairos.spark.files.Places;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.util.SerializableConfiguration;

/** What an executor does: runs the command for each file of a task. */
final class CommandTask implements Serializable {
  private static final long serialVersionUID = 1L;

  private final SerializableConfiguration hadoop;

  CommandTask(SerializableConfiguration hadoop) {
    this.hadoop = hadoop;
  }

  /**
   * Runs them.
   *
   * @param files of each the name, then the words of its command line
   * @return {@link FileAnswer} in bytes
   */
  byte[] run(String[][] files) throws IOException {
    Places places = new Places(hadoop.value());
    Surroundings surroundings = new Surroundings(places::path, LocalizationWork.HERE);
    List<FileAnswer> answers = new ArrayList<>();
    for (String[] file : files) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      ByteArrayOutputStream err = new ByteArrayOutputStream();
      String[] words = List.of(file).subList(1, file.length).toArray(String[]::new);
      int code =
          Main.run(
              words,
              new PrintStream(out, true, StandardCharsets.UTF_8),
              new PrintStream(err, true, StandardCharsets.UTF_8),
              surroundings);
      answers.add(
          new FileAnswer(
              file[0],
              code,
              out.toString(StandardCharsets.UTF_8),
              err.toString(StandardCharsets.UTF_8)));
    }
    return FileAnswer.toBytes(answers);
  }
}
