// SPDX-License-Identifier: Apache-2.0
package dev.kairos.spark.ml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.methods.data.Dataset;
import dev.kairos.spark.harness.Master;
import dev.kairos.spark.harness.Sbhar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scala.collection.immutable.Nil$;
import scala.tools.nsc.Settings;
import scala.tools.nsc.interpreter.IMain;
import scala.tools.nsc.interpreter.Results;
import scala.tools.nsc.interpreter.shell.ReplReporterImpl;

/** The lines for spark-shell in docs/spark.md, read by the interpreter that spark-shell is. */
class ShellLinesTest {
  @TempDir Path folder;

  private static String lines() throws IOException {
    String page = Files.readString(Path.of("../docs/spark.md"));
    String begin = "```scala\n";
    int from = page.indexOf(begin) + begin.length();
    return page.substring(from, page.indexOf("```", from));
  }

  @SuppressWarnings("unchecked")
  private static void bind(IMain shell, String name, String type, Object value) {
    assertEquals(
        Results.Success$.MODULE$,
        shell.bind(
            name, type, value, (scala.collection.immutable.List<String>) (Object) Nil$.MODULE$));
  }

  @Test
  void theyFindWhatTheTransformerFinds() throws IOException {
    try (SparkSession session = Master.LOCAL.open()) {
      var films =
          session.createDataFrame(
              ActionLocalizerTest.table(Dataset.open(Sbhar.data())), ActionLocalizerTest.TABLE);
      Settings settings = new Settings();
      settings.processArgumentString("-usejavacp");
      IMain shell = new IMain(settings, new ReplReporterImpl(settings));
      String run = Sbhar.run().toString();
      String model = folder.resolve("model").toString();
      bind(shell, "spark", SparkSession.class.getName(), session);
      bind(shell, "films", "org.apache.spark.sql.DataFrame", films);
      bind(shell, "run", "String", run);
      bind(shell, "model", "String", model);
      // As spark-shell begins.
      assertEquals(Results.Success$.MODULE$, shell.interpret("import spark.implicits._"));
      assertEquals(Results.Success$.MODULE$, shell.interpret(lines()));
      @SuppressWarnings("unchecked")
      var found = (org.apache.spark.sql.Dataset<Row>) shell.valueOfTerm("found").get();
      List<Row> expected =
          new ActionLocalizer().setRun(run).transform(films).orderBy("id").collectAsList();
      assertFalse(expected.isEmpty());
      assertEquals(expected, found.orderBy("id").collectAsList());
      assertTrue(Files.isDirectory(Path.of(model)));
      shell.close();
    }
  }
}
