// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.multires;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kairos.autograd.Gradients;
import dev.kairos.autograd.Tape;
import dev.kairos.autograd.Variable;
import dev.kairos.golden.Golden;
import dev.kairos.golden.GoldenEngine;
import dev.kairos.golden.GoldenFolder;
import dev.kairos.golden.GoldenWeights;
import dev.kairos.kernels.RandomKey;
import dev.kairos.methods.multires.SnippetClassifier.Branch;
import dev.kairos.methods.pseudolabel.ThresholdLabels;
import dev.kairos.nn.EvaluationPass;
import dev.kairos.nn.Parameter;
import dev.kairos.nn.Parameters;
import dev.kairos.nn.TrainingPass;
import dev.kairos.tensor.Engine;
import dev.kairos.tensor.Scope;
import dev.kairos.tensor.Tensor;
import dev.kairos.tensor.io.NpyArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** {@code multires/ptlr}: networks, losses, gradients and new labels of label refinement. */
@Tag("every-backend")
class PtlrGoldenTest {
  private static final RandomKey KEY = new RandomKey(1, 2);
  private static final PtlrLosses LOSSES =
      new PtlrLosses(SelectedMean.BATCH, LowResolution.DEFAULT);
  private static final List<String> NETWORKS = List.of("ots", "rts");
  private static final Pattern NEW_LABEL =
      Pattern.compile("[a-z]+_(label_theta([0-9.]+)_(restricted|free))\\.npy");

  /** A network with the golden weights, and everything the files say of it. */
  private static final class Case {
    final GoldenEngine golden;
    final Path folder;
    final String name;
    final JsonNode info;
    final Parameters parameters;
    final SnippetClassifier network;
    final Tensor x;
    final int[][] labels;

    Case(GoldenEngine golden, Path folder, String name) throws IOException {
      this.golden = golden;
      this.folder = folder;
      this.name = name;
      this.info = GoldenFolder.json(folder.resolve("info.json"));
      this.parameters = new Parameters(golden.engine(), KEY);
      this.network = network(name, parameters, info);
      GoldenWeights.load(parameters, folder, name + "_param");
      this.x = golden.read(folder.resolve("input_x.npy")).keep();
      this.labels = rows(folder.resolve("input_label.npy"));
    }

    Path file(String rest) {
      return folder.resolve(name + "_" + rest + ".npy");
    }

    List<Branch<Tensor>> forward() {
      return network.forward(new EvaluationPass(), x);
    }

    Tensor cas() {
      return SnippetClassifier.cas(forward(), x.shape().size(1), LowResolution.DEFAULT);
    }
  }

  static SnippetClassifier network(String name, Parameters parameters, JsonNode info) {
    int width = Golden.get(info, "F_in").intValue();
    int classes = Golden.get(info, "C").intValue();
    int hidden = Golden.get(info, "H").intValue();
    return name.equals("ots")
        ? new OtsNetwork(parameters, width, classes, hidden, 0, 0)
        : new RtsNetwork(
            parameters, width, classes, hidden, Golden.get(info, "M").intValue(), 0, 0);
  }

  /** Whole numbers {@code [B,T]} row by row. */
  static int[][] rows(Path file) throws IOException {
    NpyArray array = GoldenFolder.array(file);
    int length = array.dim(1);
    int[] all = array.toInts();
    return IntStream.range(0, array.dim(0))
        .mapToObj(b -> Arrays.copyOfRange(all, b * length, (b + 1) * length))
        .toArray(int[][]::new);
  }

  private interface Check {
    void check(Case c) throws IOException;
  }

  private static Stream<DynamicTest> everywhere(List<String> networks, Check check)
      throws IOException {
    return GoldenFolder.cases("multires/ptlr").stream()
        .flatMap(
            folder ->
                networks.stream()
                    .flatMap(
                        name ->
                            GoldenEngine.backends().stream()
                                .map(backend -> test(folder, name, backend, check))));
  }

  private static DynamicTest test(Path folder, String name, String backend, Check check) {
    return DynamicTest.dynamicTest(
        folder.getFileName() + ", " + name + ", " + backend,
        () -> {
          try (GoldenEngine golden = GoldenEngine.open(backend)) {
            Case c = new Case(golden, folder, name);
            try (Scope scope = golden.engine().scope()) {
              check.check(c);
            }
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> outputs() throws IOException {
    return everywhere(
        NETWORKS,
        c -> {
          List<Branch<Tensor>> branches = c.forward();
          if (c.name.equals("ots")) {
            c.golden.checkOutput(c.file("logits"), branches.get(0).logits());
          }
          c.golden.checkOutput(c.file("cas"), c.cas());
        });
  }

  @TestFactory
  Stream<DynamicTest> branches() throws IOException {
    return everywhere(
        List.of("rts"),
        c -> {
          List<Branch<Tensor>> branches = c.forward();
          int[] lengths = Golden.ints(Golden.get(c.info, "T_m"));
          int[] selected = Golden.ints(Golden.get(c.info, "N_in_m"));
          assertEquals(lengths.length, branches.size());
          for (int m = 1; m <= lengths.length; m++) {
            Branch<Tensor> branch = branches.get(m - 1);
            assertEquals(lengths[m - 1], branch.logits().shape().size(1));
            c.golden.checkOutput(c.file("logits_m" + m), branch.logits());
            Tensor up = LowResolution.DEFAULT.upsample(branch, c.x.shape().size(1));
            c.golden.checkOutput(c.file("up_m" + m), up);
            int stride = branch.stride();
            int[][] low = rows(c.file("sublabel_m" + m));
            for (int b = 0; b < low.length; b++) {
              int[] own = c.labels[b];
              assertArrayEquals(
                  low[b], IntStream.range(0, low[b].length).map(t -> own[t * stride]).toArray());
            }
            assertEquals(
                selected[m - 1],
                Stream.of(c.labels).mapToInt(own -> LOSSES.selected(own, stride)).sum());
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> lossesAndGradients() throws IOException {
    return everywhere(
        NETWORKS,
        c -> {
          try (Tape tape = new Tape(c.golden.engine())) {
            TrainingPass pass = new TrainingPass(tape, KEY, false);
            List<Branch<Variable>> branches = c.network.forward(pass, pass.constant(c.x));
            PtlrLosses.Parts<Variable> parts = LOSSES.of(c.golden.engine(), branches, c.labels);
            String key = "L_" + c.name;
            c.golden.checkValue(
                key, Golden.get(c.info, key).doubleValue(), parts.total().value().item());
            if (c.name.equals("rts")) {
              double[] expected = Golden.doubles(Golden.get(c.info, "L_rts_parts"));
              for (int m = 0; m < expected.length; m++) {
                c.golden.checkValue(
                    "part " + m, expected[m], parts.branches().get(m).value().item());
              }
            }
            Gradients gradients = tape.backward(parts.total());
            for (Parameter p : c.parameters.all()) {
              c.golden.checkGradient(
                  GoldenWeights.file(c.folder, c.name + "_grad", p),
                  GoldenWeights.asFile(p, pass.gradient(gradients, p)));
            }
          }
        });
  }

  /** Labels from the network's own CAS, and in double from the golden one. */
  @TestFactory
  Stream<DynamicTest> newLabels() throws IOException {
    return everywhere(
        NETWORKS,
        c -> {
          List<Matcher> labels = labelFiles(c);
          if (labels.isEmpty()) {
            GoldenFolder.present(c.file("label_theta*"));
          }
          for (Matcher label : labels) {
            double theta = Double.parseDouble(label.group(2)) / 100;
            ThresholdLabels labeller =
                new ThresholdLabels(theta, label.group(3).equals("restricted"));
            checkLabels(c, labeller, c.cas(), label.group(1));
            checkLabels(c, labeller, c.golden.read(c.file("cas")), label.group(1));
          }
        });
  }

  private static List<Matcher> labelFiles(Case c) throws IOException {
    try (Stream<Path> files = Files.list(c.folder)) {
      return files
          .map(file -> NEW_LABEL.matcher(file.getFileName().toString()))
          .filter(label -> label.matches() && label.group().startsWith(c.name + "_"))
          .toList();
    }
  }

  private static void checkLabels(Case c, ThresholdLabels labeller, Tensor cas, String rest)
      throws IOException {
    float[] videoLabels =
        GoldenFolder.array(c.folder.resolve("video_label.npy")).toFloats(); // [B,C]
    int[][] expected = rows(c.file(rest));
    int classes = videoLabels.length / expected.length;
    for (int b = 0; b < expected.length; b++) {
      float[] own = Arrays.copyOfRange(videoLabels, b * classes, (b + 1) * classes);
      assertArrayEquals(expected[b], labeller.of(cas.narrow(0, b, 1), own), rest + ", video " + b);
    }
  }

  /** Rows as logits (row, 0), whose probabilities tell the rows apart. */
  private static Tensor numbered(Engine engine, int rows) {
    double[] logits =
        IntStream.range(0, rows * 2).mapToDouble(i -> i % 2 == 0 ? i / 2 : 0).toArray();
    return engine.tensor(logits, 1, rows, 2);
  }

  @Test
  void upsamplingMaps() throws IOException {
    JsonNode maps =
        GoldenFolder.json(GoldenFolder.of("multires/ptlr").resolve("upsample_maps.json"));
    try (Engine engine = Engine.open("reference", 1)) {
      for (JsonNode map : maps) {
        int snippets = Golden.get(map, "T").intValue();
        int scales = Golden.get(map, "m").intValue();
        int rows = Golden.get(map, "T_low").intValue();
        RtsNetwork network = new RtsNetwork(new Parameters(engine, KEY), 1, 1, 1, scales, 0, 0);
        List<Branch<Tensor>> out =
            network.forward(
                new EvaluationPass(), engine.tensor(new double[snippets], 1, snippets, 1));
        Branch<Tensor> last = out.get(scales - 1);
        assertEquals(rows, last.logits().shape().size(1));
        assertArrayEquals(
            Golden.ints(Golden.get(map, "center_index")),
            IntStream.range(0, rows).map(t -> t * last.stride()).toArray());
        Branch<Tensor> branch = new Branch<>(numbered(engine, rows), last.stride());
        double[] found = LowResolution.DEFAULT.upsample(branch, snippets).toDoubles();
        int[] source = Golden.ints(Golden.get(map, "source_index"));
        assertEquals(source.length, snippets);
        for (int t = 0; t < snippets; t++) {
          assertEquals(1 / (1 + Math.exp(-source[t])), found[2 * t], 1e-12, map.toString());
        }
      }
    }
  }

  /** The paper's example, of one class. */
  @Test
  void workedExample() throws IOException {
    JsonNode example =
        GoldenFolder.json(GoldenFolder.of("multires/ptlr").resolve("worked_example.json"));
    double theta = Golden.get(example, "theta").doubleValue();
    ThresholdLabels labeller = new ThresholdLabels(theta, true);
    for (String backend : GoldenEngine.backends()) {
      try (Engine engine = Engine.open(backend, 1)) {
        double[] ots = Golden.doubles(Golden.get(example, "ots_cas"));
        check(example, "ots_selected", labeller, cas(engine, ots));
        double[] low = Golden.doubles(Golden.get(example, "rts_low"));
        int stride = 1 << Golden.get(example, "M").intValue();
        double[] up = new double[ots.length];
        Arrays.setAll(up, t -> low[t / stride]);
        assertArrayEquals(up, Golden.doubles(Golden.get(example, "rts_up")));
        check(example, "rts_selected", labeller, cas(engine, up));
      }
    }
  }

  /** Scores of one class, and 0 for background, {@code [T,2]}. */
  private static Tensor cas(Engine engine, double[] scores) {
    double[] cas = new double[scores.length * 2];
    for (int t = 0; t < scores.length; t++) {
      cas[2 * t] = scores[t];
    }
    return engine.tensor(cas, scores.length, 2);
  }

  private static void check(JsonNode example, String key, ThresholdLabels labeller, Tensor cas) {
    int[] selected = Golden.ints(Golden.get(example, key));
    int[] expected = IntStream.of(selected).map(s -> s == 1 ? 0 : -1).toArray();
    assertArrayEquals(
        expected,
        labeller.of(cas, new float[] {1}),
        () -> String.format(Locale.ROOT, "%s in %s", key, cas.dtype()));
  }
}
