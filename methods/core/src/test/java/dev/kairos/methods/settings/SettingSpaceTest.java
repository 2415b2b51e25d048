// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.methods.settings.SettingSpace.Axis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingSpaceTest {
  @TempDir private Path folder;

  private SettingSpace read(String toml) throws IOException {
    return SettingSpace.read(Files.writeString(folder.resolve("space.toml"), toml));
  }

  @Test
  void listsAndRangesInTheOrderOfTheFile() throws IOException {
    SettingSpace space =
        read(
            """
            learningRate = [1e-4, 0.5]
            "fusion.template" = ["gaussian", "uniform"]
            activationThresholds = [[0.1, 0.2], [0.3]]
            hidden = {min = 8, max = 64}

            [ilg]
            alpha = {min = 1e-3, max = 1.0, scale = "log"}
            flag = [true, false]
            """);
    assertEquals(
        List.of(
            "learningRate",
            "fusion.template",
            "activationThresholds",
            "hidden",
            "ilg.alpha",
            "ilg.flag"),
        space.axes().stream().map(Axis::key).toList());
    assertEquals(List.of("1.0E-4", "0.5"), space.axes().get(0).values());
    assertEquals(List.of("\"gaussian\"", "\"uniform\""), space.axes().get(1).values());
    assertEquals(List.of("[0.1, 0.2]", "[0.3]"), space.axes().get(2).values());
    assertEquals(List.of("8", "64"), space.axes().get(3).extremes());
    assertTrue(space.axes().get(4).log());
    assertEquals(List.of("true", "false"), space.axes().get(5).extremes());
    assertTrue(space.hasRange());
    assertEquals(16, space.combinations());
    assertTrue(space.axes().get(0).where().endsWith("space.toml:1:1"), space.axes().get(0).where());
  }

  @Test
  void valuesOfARangeStayInIt() throws IOException {
    Axis whole = read("x = {min = 2, max = 4}").axes().get(0);
    assertEquals("2", whole.at(0));
    assertEquals("2", whole.at(0.33));
    assertEquals("3", whole.at(0.5));
    assertEquals("4", whole.at(0.999999));
    Axis log = read("x = {min = 1e-4, max = 1e-2, scale = \"log\"}").axes().get(0);
    assertEquals(1e-4, Double.parseDouble(log.at(0)), 0);
    assertEquals(1e-3, Double.parseDouble(log.at(0.5)), 1e-9);
    Axis linear = read("x = {min = 0.0, max = 0.123456, scale = \"linear\"}").axes().get(0);
    assertEquals(0.03086, Double.parseDouble(linear.at(0.25)), 0); // four digits
    assertTrue(Double.parseDouble(linear.at(0.9999999)) <= 0.123456);
    Axis wholeLog = read("x = {min = 1, max = 1000, scale = \"log\"}").axes().get(0);
    assertEquals("32", wholeLog.at(0.5));
    assertFalse(read("x = [1]").hasRange());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "x = 3                                  | must be a list of values",
        "x = []                                 | must be a list of values",
        "x = [1, 1]                             | has a value twice",
        "x = {min = 1}                          | needs min and max",
        "x = {scale = 'log'}                    | needs min and max",
        "x = {min = 3, max = 3}                 | must go up",
        "x = {min = 4, max = 3}                 | must go up",
        "x = {min = 0, max = 3, scale = 'log'}  | from above 0",
        "x = {min = 0, max = inf}               | must go up",
        "x = {min = 1, max = 3, scale = 'lin'}  | must be one of linear",
        "x = {min = 'a', max = 3}               | must be a number",
        "x = {from = 1, to = 3}                 | must be a list of values",
        "''                                     | names no setting",
        "x =                                    | space.toml"
      })
  void whatIsNoSpaceIsRefused(String toml, String problem) {
    ConfigException e = assertThrows(ConfigException.class, () -> read(toml.replace("''", "")));
    assertTrue(e.getMessage().contains(problem), e.getMessage());
    assertTrue(e.getMessage().contains("space.toml"), e.getMessage());
  }
}
