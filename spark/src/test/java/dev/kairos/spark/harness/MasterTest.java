// SPDX-License-Identifier: Apache-2.0
package dev.kairos.spark.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.methods.Methods;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MasterTest {
  @ParameterizedTest
  @EnumSource
  void aTaskHasTheMethodsAndTheJdkOfTheTest(Master master) throws IOException {
    try (SparkSession session = master.open()) {
      List<String> told =
          JavaSparkContext.fromSparkContext(session.sparkContext())
              .parallelize(List.of(1, 2, 3, 4), 4)
              .map(number -> number * number + " " + describe())
              .collect();
      assertEquals(
          List.of("1", "4", "9", "16"), told.stream().map(line -> line.split(" ", -1)[0]).toList());
      Set<String> places = new TreeSet<>();
      for (String line : told) {
        String[] words = line.split(" ", -1);
        assertEquals(describe().split(" ", -1)[0], words[1], "methods, vectors and JDK");
        places.add(words[2]);
      }
      String here = String.valueOf(ProcessHandle.current().pid());
      assertEquals(master == Master.LOCAL, places.contains(here), places.toString());
      assertTrue(places.size() <= 2, places.toString());
    }
  }

  private static String describe() {
    return "%d/%s/%s %d"
        .formatted(
            Methods.all().size(),
            ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent(),
            System.getProperty("java.version"),
            ProcessHandle.current().pid());
  }
}
