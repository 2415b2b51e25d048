// SPDX-License-Identifier: Apache-2.0
package dev.kairos.spark.ml;

import dev.kairos.spark.files.Places;
import dev.kairos.spark.jobs.SparkUsageException;
import dev.kairos.spark.localization.ModelBytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.StringArrayParam;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Finds actions in the rows of a table by a trained run: a {@link Transformer} from features to
 * detections, which can stand in a pipeline, be saved and be loaded where the run is not.
 *
 * <ul>
 *   <li>in: a column of {@code array<array<float>>} for each stream of the run, {@code [T, D]}, in
 *       the run's order; or one column with all streams side by side. Other numbers become floats.
 *   <li>out: {@code array<struct<class: string, start: double, end: double, score: double>>},
 *       seconds, by class and descending score, with the bits that {@code kairos localize} finds.
 *       Null where features are null.
 * </ul>
 */
public final class ActionLocalizer extends Transformer implements MLWritable {
  private static final long serialVersionUID = 1L;

  /** Of each detection. */
  static final StructType DETECTION =
      new StructType()
          .add("class", DataTypes.StringType, false)
          .add("start", DataTypes.DoubleType, false)
          .add("end", DataTypes.DoubleType, false)
          .add("score", DataTypes.DoubleType, false);

  private static final ArrayType DETECTIONS = DataTypes.createArrayType(DETECTION, false);
  private static final ArrayType MATRIX =
      DataTypes.createArrayType(DataTypes.createArrayType(DataTypes.FloatType));

  private final String uid;
  private final Param<String> run;
  private final StringArrayParam featuresCols;
  private final Param<String> outputCol;
  private final Param<String> idCol;
  private final Param<String> durationCol;
  private final Param<String> handleInvalid;
  private @Nullable ModelBytes model;

  /** With a name of its own. */
  public ActionLocalizer() {
    this(org.apache.spark.ml.util.Identifiable$.MODULE$.randomUID("actionLocalizer"));
  }

  /** With the name that it has in a pipeline. */
  @SuppressWarnings("this-escape") // as Spark's own do
  public ActionLocalizer(String uid) {
    this.uid = uid;
    this.run = new Param<>(uid, "run", "run folder that kairos train made");
    this.featuresCols =
        new StringArrayParam(this, "featuresCols", "columns of features, one for each stream");
    this.outputCol = new Param<>(uid, "outputCol", "column of detections to add");
    this.idCol = new Param<>(uid, "idCol", "column that names a row in errors; empty for none");
    this.durationCol =
        new Param<>(uid, "durationCol", "column of seconds a recording lasts; empty for none");
    this.handleInvalid =
        new Param<>(uid, "handleInvalid", "features that do not fit: error, or keep (null)");
    setDefault(featuresCols, new String[] {"features"});
    setDefault(outputCol, "detections");
    setDefault(idCol, "id");
    setDefault(durationCol, "");
    setDefault(handleInvalid, "error");
  }

  @Override
  public String uid() {
    return uid;
  }

  /** The run folder, on any file system of Hadoop; read when it is first needed. */
  public Param<String> run() {
    return run;
  }

  /** The columns of features. */
  public StringArrayParam featuresCols() {
    return featuresCols;
  }

  /** The column to add. */
  public Param<String> outputCol() {
    return outputCol;
  }

  /** The column that names a row in errors. */
  public Param<String> idCol() {
    return idCol;
  }

  /** The column of durations. */
  public Param<String> durationCol() {
    return durationCol;
  }

  /** What becomes of features that do not fit. */
  public Param<String> handleInvalid() {
    return handleInvalid;
  }

  /** Sets {@link #run}. */
  public ActionLocalizer setRun(String folder) {
    model = null;
    return with(run, folder);
  }

  /** Sets {@link #featuresCols}. */
  public ActionLocalizer setFeaturesCols(String... columns) {
    return with(featuresCols, columns);
  }

  /** Sets {@link #outputCol}. */
  public ActionLocalizer setOutputCol(String column) {
    return with(outputCol, column);
  }

  /** Sets {@link #idCol}; a table without such a column has rows without names. */
  public ActionLocalizer setIdCol(String column) {
    return with(idCol, column);
  }

  /** Sets {@link #durationCol}, for runs on features that were stretched to a fixed number. */
  public ActionLocalizer setDurationCol(String column) {
    return with(durationCol, column);
  }

  /** Sets {@link #handleInvalid}. */
  public ActionLocalizer setHandleInvalid(String word) {
    if (!List.of("error", "keep").contains(word)) {
      throw new IllegalArgumentException("handleInvalid: error or keep, not " + word);
    }
    return with(handleInvalid, word);
  }

  private <T> ActionLocalizer with(Param<T> param, T value) {
    var unused = set(param, value);
    return this;
  }

  /** The model that {@link #run} names, or the one that was loaded. */
  ModelBytes model(SparkSession session) {
    if (model == null) {
      if (!isSet(run)) {
        throw new SparkUsageException("KUSE-002", "no run was said", "setRun(\"runs/m\")");
      }
      try {
        model =
            ModelBytes.ofRun(
                new Places(session.sparkContext().hadoopConfiguration()).path(getOrDefault(run)));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return model;
  }

  /** What was loaded. */
  ActionLocalizer having(ModelBytes loaded) {
    model = loaded;
    return this;
  }

  @Override
  public Dataset<Row> transform(Dataset<?> table) {
    var unused = transformSchema(table.schema());
    SparkSession session = table.sparkSession();
    List<String> columns = List.of(table.columns());
    String id = getOrDefault(idCol);
    String duration = getOrDefault(durationCol);
    DetectionFunction function =
        new DetectionFunction(
            org.apache.spark.api.java.JavaSparkContext.fromSparkContext(session.sparkContext())
                .broadcast(model(session)),
            getOrDefault(handleInvalid).equals("keep"));
    Column matrices =
        functions.array(
            Arrays.stream(getOrDefault(featuresCols))
                .map(name -> quoted(table, name).cast(MATRIX))
                .toArray(Column[]::new));
    Column named =
        columns.contains(id)
            ? quoted(table, id).cast(DataTypes.StringType)
            : functions.lit(null).cast(DataTypes.StringType);
    Column lasting =
        duration.isEmpty()
            ? functions.lit(null).cast(DataTypes.DoubleType)
            : quoted(table, duration).cast(DataTypes.DoubleType);
    return table.withColumn(
        getOrDefault(outputCol),
        functions.udf(function, DETECTIONS).apply(matrices, named, lasting));
  }

  /** A column whose name may have points in it. */
  private static Column quoted(Dataset<?> table, String name) {
    return table.col("`" + name.replace("`", "``") + "`");
  }

  @Override
  public StructType transformSchema(StructType schema) {
    List<String> names = Arrays.asList(schema.fieldNames());
    for (String name : getOrDefault(featuresCols)) {
      require(names, name, "featuresCols");
      DataType type = schema.apply(name).dataType();
      if (!isMatrix(type)) {
        throw new IllegalArgumentException(
            "featuresCols: column %s is %s, expected array<array<float>>, a row a snippet"
                .formatted(name, type.simpleString()));
      }
    }
    if (!getOrDefault(durationCol).isEmpty()) {
      require(names, getOrDefault(durationCol), "durationCol");
    }
    if (names.contains(getOrDefault(outputCol))) {
      throw new IllegalArgumentException(
          "outputCol: there is a column %s already: setOutputCol(..)"
              .formatted(getOrDefault(outputCol)));
    }
    List<StructField> fields = new ArrayList<>(Arrays.asList(schema.fields()));
    fields.add(DataTypes.createStructField(getOrDefault(outputCol), DETECTIONS, true));
    return DataTypes.createStructType(fields);
  }

  private static boolean isMatrix(DataType type) {
    return type instanceof ArrayType rows
        && rows.elementType() instanceof ArrayType row
        && row.elementType() instanceof NumericType;
  }

  private static void require(List<String> names, String name, String param) {
    if (!names.contains(name)) {
      throw new IllegalArgumentException(
          "%s: there is no column %s, the table has %s".formatted(param, name, names));
    }
  }

  @Override
  public ActionLocalizer copy(ParamMap extra) {
    ActionLocalizer copy = defaultCopy(extra);
    return extra.contains(run) ? copy : copy.carrying(model);
  }

  private ActionLocalizer carrying(@Nullable ModelBytes same) {
    model = same;
    return this;
  }

  @Override
  public MLWriter write() {
    return new LocalizerStorage.Writer(this);
  }

  /** Loads what was saved. */
  public static MLReader<ActionLocalizer> read() {
    return new LocalizerStorage.Reader();
  }

  /** Loads what was saved. */
  public static ActionLocalizer load(String path) {
    return read().load(path);
  }
}
