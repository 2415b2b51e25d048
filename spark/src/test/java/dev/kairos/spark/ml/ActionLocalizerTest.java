// SPDX-License-Identifier: Apache-2.0
package dev.kairos.spark.ml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.methods.data.Dataset;
import dev.kairos.methods.data.FeatureSequence;
import dev.kairos.methods.data.Recording;
import dev.kairos.methods.pipeline.TrainedRun;
import dev.kairos.methods.tal.Detection;
import dev.kairos.spark.harness.Master;
import dev.kairos.spark.harness.Sbhar;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.param.StringArrayParam;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ActionLocalizerTest {
  private static final int RECORDINGS = 6;
  static final StructType TABLE =
      new StructType()
          .add("id", DataTypes.StringType)
          .add(
              "features",
              DataTypes.createArrayType(DataTypes.createArrayType(DataTypes.FloatType)));

  @TempDir Path folder;

  private static List<List<Float>> matrix(FeatureSequence features) {
    List<List<Float>> rows = new ArrayList<>();
    float[] values = features.values();
    for (int t = 0; t < features.length(); t++) {
      List<Float> row = new ArrayList<>();
      for (int d = 0; d < features.width(); d++) {
        row.add(values[t * features.width() + d]);
      }
      rows.add(row);
    }
    return rows;
  }

  static List<Row> table(Dataset data) throws IOException {
    List<Row> rows = new ArrayList<>();
    for (Recording each : data.subset(Dataset.TEST).subList(0, RECORDINGS)) {
      rows.add(RowFactory.create(each.id(), matrix(data.features(each))));
    }
    return rows;
  }

  private static List<Detection> detections(Row row) {
    return row.<Row>getList(row.fieldIndex("detections")).stream()
        .map(
            each ->
                new Detection(
                    each.getString(0),
                    new dev.kairos.methods.tal.Segment(each.getDouble(1), each.getDouble(2)),
                    each.getDouble(3)))
        .toList();
  }

  @ParameterizedTest
  @EnumSource
  void inAPipelineThatWasSavedItFindsWhatTheRunFinds(Master master) throws IOException {
    Dataset data = Dataset.open(Sbhar.data());
    Map<String, List<Detection>> expected = new LinkedHashMap<>();
    try (TrainedRun run = TrainedRun.open(Sbhar.run())) {
      for (Recording each : data.subset(Dataset.TEST).subList(0, RECORDINGS)) {
        expected.put(each.id(), run.localize(data.features(each)).detections().stream().toList());
      }
    }
    assertTrue(expected.values().stream().anyMatch(each -> !each.isEmpty()), "nothing to find");
    String place = folder.resolve("saved").toString();
    try (SparkSession session = master.open()) {
      var table = session.createDataFrame(table(data), TABLE).repartition(3);
      PipelineStage localizer = new ActionLocalizer().setRun(Sbhar.run().toString());
      new Pipeline().setStages(new PipelineStage[] {localizer}).fit(table).write().save(place);
      PipelineModel loaded = PipelineModel.load(place);
      Map<String, List<Detection>> found = new LinkedHashMap<>();
      for (Row row : loaded.transform(table).orderBy("id").collectAsList()) {
        found.put(row.getString(0), detections(row));
      }
      expected.forEach((id, each) -> assertEquals(each, found.get(id), id));
      assertEquals(expected.size(), found.size());
    }
  }

  @Test
  void whatDoesNotFitIsSaidOrLeftOut() {
    try (SparkSession session = Master.LOCAL.open()) {
      List<List<Float>> odd = List.of(List.of(1f, 2f), List.of(3f, 4f));
      var table =
          session.createDataFrame(
              Arrays.asList(RowFactory.create("odd", odd), RowFactory.create("none", null)), TABLE);
      ActionLocalizer localizer = new ActionLocalizer().setRun(Sbhar.run().toString());
      Exception thrown =
          assertThrows(Exception.class, () -> localizer.transform(table).collectAsList());
      Throwable first = thrown;
      while (first.getCause() != null && !String.valueOf(first.getMessage()).contains("row odd")) {
        first = first.getCause();
      }
      assertTrue(String.valueOf(first.getMessage()).contains("row odd: "), thrown.toString());
      List<Row> kept = localizer.setHandleInvalid("keep").transform(table).collectAsList();
      assertTrue(kept.get(0).isNullAt(2) && kept.get(1).isNullAt(2), kept.toString());
      assertThrows(IllegalArgumentException.class, () -> localizer.setHandleInvalid("skip"));
      assertFalse(localizer.explainParams().isEmpty());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** What pyspark.ml.wrapper.JavaTransformer does, call by call. */
  @Test
  void theCallsOfPythonAreAnswered() throws Exception {
    try (SparkSession session = Master.LOCAL.open()) {
      var table = session.createDataFrame(table(Dataset.open(Sbhar.data())), TABLE);
      Class<?> type = Class.forName("dev.kairos.spark.ml.ActionLocalizer");
      Params localizer = (Params) type.getConstructor(String.class).newInstance("python_1");
      Param<Object> run = localizer.getParam("run");
      assertSame(localizer, localizer.set(run.w(Sbhar.run().toString())));
      StringArrayParam columns = (StringArrayParam) (Object) localizer.getParam("featuresCols");
      assertSame(localizer, localizer.set(columns.w(List.of("features"))));
      assertTrue(localizer.hasParam("outputCol") && localizer.isDefined(columns));
      assertEquals("python_1", localizer.uid());
      Object found =
          type.getMethod("transform", org.apache.spark.sql.Dataset.class).invoke(localizer, table);
      assertEquals(RECORDINGS, ((org.apache.spark.sql.Dataset<?>) found).count());
      Object copied = type.getMethod("copy", ParamMap.class).invoke(localizer, new ParamMap());
      assertEquals("python_1", ((Params) copied).uid());
    }
  }

  @Test
  void aTableWithoutFeaturesIsRefusedBeforeTheWork() {
    ActionLocalizer localizer = new ActionLocalizer();
    IllegalArgumentException absent =
        assertThrows(
            IllegalArgumentException.class,
            () -> localizer.transformSchema(new StructType().add("x", DataTypes.DoubleType)));
    assertTrue(String.valueOf(absent.getMessage()).contains("no column features"));
    IllegalArgumentException other =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                localizer.transformSchema(new StructType().add("features", DataTypes.DoubleType)));
    assertTrue(String.valueOf(other.getMessage()).contains("array<array<float>>"));
    assertEquals(
        List.of("id", "features", "detections"),
        List.of(localizer.transformSchema(TABLE).fieldNames()));
  }
}
