// SPDX-License-Identifier: Apache-2.0
package dev.kairos.spark.ml;

import dev.kairos.spark.files.Places;
import dev.kairos.spark.localization.ModelBytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.apache.spark.ml.util.DefaultParamsReader$;
import org.apache.spark.ml.util.DefaultParamsWriter$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.SparkSession;

/** Saves a localizer with its model, so that it can be loaded where the run is not. */
final class LocalizerStorage {
  private LocalizerStorage() {}

  private static Path model(SparkSession session, String path) {
    return new Places(session.sparkContext().hadoopConfiguration()).path(path).resolve("model");
  }

  /** Saves. */
  static final class Writer extends MLWriter {
    private final ActionLocalizer localizer;

    Writer(ActionLocalizer localizer) {
      this.localizer = localizer;
    }

    @Override
    public void saveImpl(String path) {
      ModelBytes model = localizer.model(sparkSession());
      DefaultParamsWriter$.MODULE$.saveMetadata(localizer, path, sparkSession());
      try {
        model.write(model(sparkSession(), path));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Loads. */
  static final class Reader extends MLReader<ActionLocalizer> {
    @Override
    public ActionLocalizer load(String path) {
      var said =
          DefaultParamsReader$.MODULE$.loadMetadata(
              path, sparkSession(), ActionLocalizer.class.getName());
      ActionLocalizer localizer = new ActionLocalizer(said.uid());
      said.getAndSetParams(localizer, scala.Option.empty());
      try {
        return localizer.having(
            ModelBytes.read(model(sparkSession(), path), ModelBytes.BEST_BACKEND));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
