// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.kairos.tensor.io.DataFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatasetDescriptionTest {
  private static final String STREAMS = "streams = [{name = 'rgb', width = 4}]\n";
  private static final String REST = "classes = ['A', 'B']\n" + STREAMS;

  @TempDir Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("dataset.toml"), text);
  }

  private void refuse(String code, String text, String... said) throws IOException {
    Path file = file(text);
    Refused.with(code, () -> DatasetDescription.read(file), said);
  }

  @Test
  void readsFpsAndStride() throws IOException {
    Path file =
        file(
            """
            name = "thumos14"
            fps = 25
            stride = 16
            classes = ["B", "A"]
            notes = "none"

            [[streams]]
            name = "rgb"
            width = 1024

            [[streams]]
            name = "flow"
            width = 512
            """);
    DatasetDescription read = DatasetDescription.read(file);
    assertEquals(
        new DatasetDescription(
            "thumos14",
            List.of(new FeatureStream("rgb", 1024), new FeatureStream("flow", 512)),
            25,
            16,
            List.of("B", "A"),
            "none",
            ""),
        read);
    assertEquals(0.64, read.secondsPerSnippet());
    assertEquals(1536, read.totalWidth());
  }

  @Test
  void snippetSecondsAreAStrideAtOneFrameASecond() throws IOException {
    DatasetDescription read =
        DatasetDescription.read(file("name = 'x'\nsnippet_seconds = 0.533\n" + REST));
    assertEquals(0.533, read.secondsPerSnippet());
  }

  @Test
  void whatIsWrittenReadsBackEqual() throws IOException {
    DatasetDescription odd =
        new DatasetDescription(
                "a \"b\" \\ c",
                List.of(new FeatureStream("rgb-é", 7)),
                29.97002997,
                1e-7,
                List.of("Läufe", "tab\there", "it's", "\u007f"),
                "two\nlines\r\n\u0001",
                "\uD83D\uDE00")
            .withPointSource("gaussian \"clicks\"\n");
    Path file = folder.resolve("out.toml");
    odd.write(file);
    assertEquals(odd, DatasetDescription.read(file));
  }

  @Test
  void everyKeyReadsBackEqual() throws IOException {
    FeatureLayout half = FeatureLayout.PLAIN.withColumns(1024, 1024).withTransposed();
    DatasetDescription all =
        new DatasetDescription(
            "all",
            List.of(new FeatureStream("rgb", 1024), new FeatureStream("flow", 1024)),
            Map.of(
                "rgb",
                new FeaturePlace("/far/v_{id}.h5", "feats", half.withCrops(Crops.MEAN)),
                "flow",
                new FeaturePlace(
                    "{subset}/{stem}.npz", "", FeatureLayout.PLAIN.withCrops(Crops.only(3)))),
            SnippetTiming.of(Double.NaN, 4).withWindow(16, -2),
            List.of("A"),
            new AnnotationRules(List.of("a", "b"), List.of("c"), List.of("Ambiguous"), true, "all"),
            "notes",
            "origin",
            "points");
    Path file = folder.resolve("all.toml");
    all.write(file);
    assertEquals(all, DatasetDescription.read(file), Files.readString(file));
    DatasetDescription stretched = all.withTiming(SnippetTiming.stretched());
    stretched.write(file);
    assertEquals(stretched, DatasetDescription.read(file));
    DatasetDescription seconds =
        all.withTiming(SnippetTiming.ofSeconds(0.5).withWindow(2, 1)).withPlaces(Map.of());
    seconds.write(file);
    assertEquals(seconds, DatasetDescription.read(file));
  }

  @Test
  void everythingThatIsWrongIsSaidAtOnce() throws IOException {
    List<Finding> wrong = new ArrayList<>();
    Path file =
        file(
            """
            name = 3
            fsp = 25
            stride = -1
            classes = ['A']
            unlabelled = 'x'
            [[streams]]
            name = 'rgb'
            width = 4
            columns = [0, 3]
            """);
    assertNull(DatasetFile.read(file, wrong::add));
    assertEquals(5, wrong.size(), wrong::toString);
    Refused.with(
        "KDATA-103",
        () -> DatasetDescription.read(file),
        "unknown key 'fsp'",
        "'name' must be",
        "'columns' must be [first, end] with 4",
        "'stride' must be",
        "'unlabelled' must be");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "snippets = 'stretched'\nfps = 25",
        "snippets = 'streched'",
        "snippet_seconds = 1\nstride = 3",
        "fps = 25",
        "stride = 16\nwindow = 0",
        "stride = 16\nsubsets = {train = 'a'}",
        "stride = 16\nsubsets = {learn = ['a']}",
      })
  void timeAndSubsetsThatMeanNothingAreRefused(String lines) throws IOException {
    Path file = file("name = 'x'\n" + lines + "\n" + REST);
    assertThrows(DataFormatException.class, () -> DatasetDescription.read(file));
  }

  @Test
  void anUnknownKeySuggestsTheNearest() throws IOException {
    refuse(
        "KDATA-103",
        "name = 'x'\nfps = 1\nstrides = 1\n" + REST,
        "dataset.toml",
        "line 3, column 1",
        "'strides'",
        "did you mean 'stride'?");
    refuse(
        "KDATA-103",
        "name = 'x'\nfps = 1\nstride = 1\nclasses = ['A']\nstreams = [{name='a', widht=3}]",
        "streams[0]",
        "did you mean 'width'?");
    refuse("KDATA-103", "name = 'x'\nzzzzzz = 1\n", "known keys: name, streams");
  }

  @Test
  void aSyntaxErrorNamesLineAndColumn() throws IOException {
    refuse("KDATA-102", "name = 'x'\nfps = = 3\n", "line 2, column 7");
    refuse("KDATA-102", "name = 'x'\nname = 'y'\n", "line 2");
    refuse("KDATA-102", "classes = [\"A\", ", "line 1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "fps = 1 # stride = 1|'name' is missing",
        "name = 3 # fps = 1 # stride = 1|line 1, column 1: 'name' must be a text",
        "name = 'x'|does not say how long a snippet is",
        "name = 'x' # fps = 1|'stride' is missing",
        "name = 'x' # fps = 1 # stride = 0|'stride' must be a positive number",
        "name = 'x' # fps = nan # stride = 1|'fps' must be a positive number",
        "name = 'x' # fps = inf # stride = 1|'fps' must be a positive number",
        "name = 'x' # fps = '25' # stride = 1|'fps' must be a positive number",
        "name = 'x' # fps = 1 # snippet_seconds = 1|gives both snippet_seconds and fps",
      })
  void aWrongValueIsNamed(String text, String said) throws IOException {
    refuse("KDATA-102", text.replace(" # ", "\n") + "\n" + REST, said);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "classes = []|needs at least one class",
        "classes = ['A', 'A']|class 'A' is given twice",
        "classes = ['A', 3]|'classes' must be a list of texts",
        "classes = 'A'|'classes' must be a list",
        "classes = [' ']|a class has no name",
      })
  void wrongClassesAreNamed(String classes, String said) throws IOException {
    refuse("KDATA-102", "name = 'x'\nfps = 1\nstride = 1\n" + classes + "\n" + STREAMS, said);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "streams = []|needs at least one stream",
        "streams = ['rgb']|'streams' must be a list of tables",
        "streams = [{name = 'a'}]|streams[0]: 'width' is missing",
        "streams = [{name = 'a', width = 0}]|'width' must be a positive whole number",
        "streams = [{name = 'a', width = 2.5}]|'width' must be a positive whole number",
        "streams = [{name = 'a', width = 99999999999}]|'width' must be a positive whole number",
        "streams = [{name = '../a', width = 1}]|stream name '../a' holds '/'",
        "streams = [{name = 'a', width = 1}, {name = 'a', width = 2}]|stream 'a' is given twice",
      })
  void wrongStreamsAreNamed(String streams, String said) throws IOException {
    refuse("KDATA-102", "name='x'\nfps=1\nstride=1\nclasses=['A']\n" + streams, said);
  }

  @Test
  void whatIsNoTextFileIsRefused() throws IOException {
    Refused.with("KDATA-101", () -> DatasetDescription.read(folder), "is a folder");
    Path missing = folder.resolve("missing.toml");
    Refused.with("KDATA-101", () -> DatasetDescription.read(missing), "no such file");
    Path binary = Files.write(folder.resolve("dataset.toml"), new byte[] {'n', (byte) 0xff, 0});
    Refused.with("KDATA-101", () -> DatasetDescription.read(binary), "not UTF-8");
    Path large = Files.write(folder.resolve("large.toml"), new byte[(1 << 20) + 1]);
    Refused.with("KDATA-101", () -> DatasetDescription.read(large), "larger than");
  }

  @Test
  void deepNestingIsAnErrorAndNotACrash() throws IOException {
    refuse("KDATA-102", "classes = " + "[".repeat(20_000));
  }

  @Test
  void anUnknownStreamIsTheCallersMistake() {
    assertThrows(
        IllegalArgumentException.class, () -> SmallDataset.DESCRIPTION.stream("depth"), "depth");
  }
}
