// SPDX-License-Identifier: Apache-2.0
package dev.kairos.bench;

import dev.kairos.autograd.Variable;
import dev.kairos.methods.data.FeatureStream;
import dev.kairos.methods.multires.Consistency;
import dev.kairos.methods.multires.IlgLosses;
import dev.kairos.methods.multires.IlgModel;
import dev.kairos.methods.multires.TimeResampling;
import dev.kairos.nn.Parameters;
import dev.kairos.nn.TrainingPass;
import dev.kairos.tensor.Engine;
import dev.kairos.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.openjdk.jmh.annotations.Param;

/**
 * How fast is a step of the training that gives the initial labels of the method {@code multires}:
 * two BaS-Nets as in {@link BasnetStepBenchmark}, each of them also on its features at 1.37 times
 * their length, and one Adam?
 */
public class IlgStepBenchmark extends BasnetDuel<IlgModel> {
  /** Leaves no length whole. */
  private static final double SCALE = 1.37;

  private static final double DISAGREEMENT_WEIGHT = 0.5;

  /** Recordings, snippets, width of each of the two streams. */
  @Param({"4x320x512", "4x320x1024"})
  public String size = "";

  @Override
  String size() {
    return size;
  }

  /** Of the products alone. */
  @Override
  double operations(String given) {
    BasnetCase sizes = BasnetCase.parse(given);
    BasnetCase resampled = sizes.withSnippets(length(sizes));
    return IlgModel.STREAMS * (sizes.operations(true) + resampled.operations(false));
  }

  private static int length(BasnetCase sizes) {
    return TimeResampling.length(sizes.snippets(), SCALE);
  }

  @Override
  int networks() {
    return IlgModel.STREAMS;
  }

  @Override
  IlgModel model(Parameters parameters, BasnetCase sizes) {
    return new IlgModel(
        parameters,
        List.of(new FeatureStream("rgb", sizes.width()), new FeatureStream("flow", sizes.width())),
        new IlgModel.Sizes(
            BasnetCase.CLASSES, BasnetCase.FILTER, sizes.width(), BasnetCase.DROPOUT),
        true);
  }

  @Override
  Function<TrainingPass, Variable> loss(Engine engine, IlgModel model, BasnetCase sizes) {
    int[] shape = {sizes.recordings(), sizes.snippets(), sizes.width()};
    Tensor rgb = engine.tensor(sizes.features(1), shape);
    Tensor flow = engine.tensor(sizes.features(2), shape);
    Tensor labels = engine.tensor(sizes.labels(), sizes.recordings(), BasnetCase.CLASSES);
    IlgLosses losses =
        new IlgLosses(
            sizes.top(),
            BasnetCase.NORM_WEIGHT,
            DISAGREEMENT_WEIGHT,
            DISAGREEMENT_WEIGHT,
            DISAGREEMENT_WEIGHT,
            Consistency.DEFAULT,
            TimeResampling.HALF_PIXEL,
            false);
    return pass -> {
      List<Variable> x = List.of(pass.constant(rgb), pass.constant(flow));
      Map<String, Variable> all = losses.of(engine, model, pass, x, pass.constant(labels), SCALE);
      return Objects.requireNonNull(all.get("loss"));
    };
  }

  @Override
  String torchLoss(BasnetCase sizes) {
    return TorchScript.part("ilg-loss").replace("LENGTH", Integer.toString(length(sizes)));
  }
}
