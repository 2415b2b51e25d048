// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.proposal;

import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kairos.golden.Golden;
import dev.kairos.golden.GoldenFolder;
import dev.kairos.methods.tal.Cas;
import dev.kairos.methods.tal.Detection;
import dev.kairos.methods.tal.Prediction;
import dev.kairos.methods.tal.Proposal;
import dev.kairos.methods.tal.Segment;
import dev.kairos.methods.tal.SnippetGrid;
import dev.kairos.tensor.io.NpyArray;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** {@code multires/proposals}: proposals of both procedures before and after suppression. */
class ProposalsGoldenTest {
  private static final String AFTER = "after_nms";

  @TestFactory
  Stream<DynamicTest> upsampling() throws IOException {
    return perCase(ProposalsGoldenTest::checkUpsampling);
  }

  @TestFactory
  Stream<DynamicTest> basnetMode() throws IOException {
    return perCase(
        folder -> {
          List<Cas> cas = List.of(cas(folder.resolve("cas_minmax.npy")));
          checkMode(folder, "basnet_mode.json", ProposalOptions.basnet(), cas);
        });
  }

  @TestFactory
  Stream<DynamicTest> ptlrMode() throws IOException {
    return perCase(
        folder -> {
          List<Cas> cas =
              List.of(cas(folder.resolve("ots_cas.npy")), cas(folder.resolve("rts_cas.npy")));
          checkMode(folder, "ptlr_mode.json", ProposalOptions.ptlr(), cas);
        });
  }

  private interface Check {
    void check(Path folder) throws IOException;
  }

  private static Stream<DynamicTest> perCase(Check check) throws IOException {
    return GoldenFolder.cases("multires/proposals").stream()
        .map(
            folder ->
                DynamicTest.dynamicTest(
                    folder.getFileName().toString(), () -> check.check(folder)));
  }

  private static void checkUpsampling(Path folder) throws IOException {
    JsonNode info = GoldenFolder.json(folder.resolve("info.json"));
    Cas cas = cas(folder.resolve("cas_minmax.npy"));
    Cas expected = cas(folder.resolve("cas_upsampled_pred.npy"));
    int[] classes = Golden.ints(Golden.get(info, "pred_classes"));
    assertEquals(classes.length, expected.channels());
    for (int c = 0; c < classes.length; c++) {
      double[] actual =
          TimeUpsampling.linear(cas.channel(classes[c]), Golden.get(info, "scale").intValue());
      Golden.assertClose(expected.channel(c), actual, "class " + classes[c]);
    }
  }

  private static List<String> names(List<Cas> cas) {
    return IntStream.range(0, cas.size()).mapToObj(Integer::toString).toList();
  }

  private static Prediction prediction(List<Cas> cas, double[] videoScores) {
    Map<String, Cas> curves = new LinkedHashMap<>();
    cas.forEach(each -> curves.put(Integer.toString(curves.size()), each));
    return new Prediction(videoScores, curves, List.of());
  }

  private static void checkMode(Path folder, String file, ProposalOptions base, List<Cas> cas)
      throws IOException {
    JsonNode info = GoldenFolder.json(folder.resolve("info.json"));
    JsonNode mode = GoldenFolder.json(folder.resolve(file));
    ProposalOptions options = options(info, base);
    SnippetGrid grid =
        new SnippetGrid(
            Golden.get(info, "fps").doubleValue(),
            Golden.get(info, "snippet").doubleValue(),
            Golden.get(info, "v_len").intValue());
    double[] videoScores = Golden.doubles(Golden.get(info, "video_score"));
    int[] columns = columns(mode);
    int[] classes = Golden.ints(Golden.get(info, "pred_classes"));
    assertTrue(classes.length > 0, "pred_classes");
    Set<String> kept = IntStream.of(classes).mapToObj(Integer::toString).collect(toSet());
    Golden.get(mode, "before_nms")
        .fieldNames()
        .forEachRemaining(label -> assertTrue(kept.contains(label), () -> "class " + label));
    double threshold = Golden.get(info, "nms_thresh").doubleValue();
    ProposalGenerator generator = new ProposalGenerator(options, names(cas));
    Prediction prediction = prediction(cas, videoScores);
    for (int label : classes) {
      List<Detection> candidates = new ArrayList<>();
      for (Proposal p : generator.candidates(prediction, label, grid)) {
        Segment segment = new Segment(grid.seconds(p.start()), grid.seconds(p.end()));
        candidates.add(new Detection(name(label), segment, p.score()));
      }
      check(mode, "before_nms", label, columns, candidates);
      for (String key : suppressions(mode)) {
        NonMaximumSuppression nms = new NonMaximumSuppression(threshold, plusOne(key));
        check(mode, key, label, columns, nms.detections(candidates));
      }
    }
    checkWhole(mode, threshold, options, grid, cas, videoScores, classes);
  }

  /**
   * The whole way in one call. The kept classes of a golden case are given and do not follow from
   * its scores, so the call is made class by class, with all other scores below the threshold.
   */
  private static void checkWhole(
      JsonNode mode,
      double threshold,
      ProposalOptions options,
      SnippetGrid grid,
      List<Cas> cas,
      double[] videoScores,
      int[] classes) {
    List<String> names =
        IntStream.range(0, videoScores.length).mapToObj(ProposalsGoldenTest::name).toList();
    int[] columns = columns(mode);
    for (String key : suppressions(mode)) {
      ProposalGenerator generator =
          new ProposalGenerator(
              options.withSuppression(new NonMaximumSuppression(threshold, plusOne(key))),
              names(cas));
      for (int label : classes) {
        double[] only = new double[videoScores.length];
        Arrays.fill(only, Double.NEGATIVE_INFINITY);
        only[label] = videoScores[label];
        check(mode, key, label, columns, generator.detections(prediction(cas, only), grid, names));
      }
    }
  }

  private static ProposalOptions options(JsonNode info, ProposalOptions base) {
    List<Double> thresholds =
        DoubleStream.of(Golden.doubles(Golden.get(info, "thresholds"))).boxed().toList();
    return base.withThresholds(thresholds)
        .withUpsampling(Golden.get(info, "scale").intValue())
        .withScoring(
            OuterMargin.fraction(Golden.get(info, "lambda_").doubleValue()),
            Golden.get(info, "gamma").doubleValue());
  }

  private static void check(
      JsonNode mode, String key, int label, int[] columns, List<Detection> detections) {
    JsonNode rows = Golden.get(mode, key).get(name(label));
    double[][] expected = new double[rows == null ? 0 : rows.size()][];
    for (int i = 0; i < expected.length; i++) {
      double[] row = Golden.doubles(rows.get(i));
      expected[i] = IntStream.of(columns).mapToDouble(c -> row[c]).toArray();
    }
    double[][] actual =
        detections.stream()
            .map(d -> new double[] {d.score(), d.segment().start(), d.segment().end()})
            .toArray(double[][]::new);
    Golden.assertSameRows(expected, actual, key + ", class " + label);
    if (!key.equals("before_nms")) {
      for (int i = 1; i < actual.length; i++) {
        assertTrue(actual[i - 1][0] >= actual[i][0], "descending scores");
      }
    }
  }

  /** The keys of suppressed proposals; at least one. */
  private static List<String> suppressions(JsonNode mode) {
    List<String> keys = new ArrayList<>();
    mode.fieldNames().forEachRemaining(keys::add);
    keys.removeIf(key -> !key.startsWith(AFTER));
    assertTrue(!keys.isEmpty(), "a key that begins with " + AFTER);
    return keys;
  }

  private static boolean plusOne(String key) {
    return switch (key) {
      case AFTER, AFTER + "_plus1" -> true;
      case AFTER + "_plain" -> false;
      default -> fail("unknown form of suppression: " + key);
    };
  }

  private static int[] columns(JsonNode mode) {
    List<String> names = List.of(Golden.get(mode, "columns").asText().split(","));
    return Stream.of("score", "t_start", "t_end").mapToInt(names::indexOf).toArray();
  }

  private static String name(int label) {
    return Integer.toString(label);
  }

  private static Cas cas(Path file) throws IOException {
    NpyArray array = GoldenFolder.array(file);
    return Cas.of(array.toDoubles(), array.shape()[0], array.shape()[1]);
  }
}
