// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.bm;

import dev.kairos.methods.data.SnippetSampling;
import dev.kairos.methods.host.HostInference;
import dev.kairos.methods.proposal.Suppression;
import dev.kairos.methods.tal.Cas;
import dev.kairos.methods.tal.Detection;
import dev.kairos.methods.tal.Prediction;
import dev.kairos.methods.tal.Proposal;
import dev.kairos.methods.tal.SnippetGrid;
import dev.kairos.nn.Pass;
import dev.kairos.tensor.Engine;
import dev.kairos.tensor.Tensor;
import java.util.List;

/** From features to detections: uniform sampling, class probabilities that attention weighs. */
final class BmInference extends HostInference {
  private final BmConfig config;
  private final BmNetwork network;
  private final List<String> classes;

  BmInference(BmConfig config, BmNetwork network, Engine engine, List<String> classes) {
    super(engine);
    this.config = config;
    this.network = network;
    this.classes = List.copyOf(classes);
  }

  @Override
  public int[] snippets(int length) {
    return SnippetSampling.uniform(config.segments(), length);
  }

  @Override
  protected Prediction predict(Pass<Tensor> pass, Tensor x) {
    BmNetwork.Output<Tensor> output = network.forward(pass, x);
    return prediction(output.foreground(), output.logits(), output.attention());
  }

  /**
   * The prediction of a network's answers.
   *
   * @param foreground {@code [1,C1]}
   * @param logits {@code [1,S,C1]}
   * @param attention {@code [1,S,1]}
   */
  static Prediction prediction(Tensor foreground, Tensor logits, Tensor attention) {
    double[] weighed = logits.softmax().multiply(attention).toDoubles();
    return Prediction.of(
        foreground.softmax().toDoubles(),
        Cas.of(weighed, logits.shape().size(1), logits.shape().size(2)));
  }

  @Override
  public List<Detection> detections(Prediction prediction, SnippetGrid grid) {
    return config.proposals().detections(prediction, grid, classes);
  }

  /** Of actions alone: background is no instance. */
  @Override
  public List<Proposal> instances(Prediction prediction, Suppression fusion) {
    return config.proposals().instances(prediction, classes.size(), fusion);
  }
}
