// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.rskp;

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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * From features to detections, on all snippets of a recording: original and propagated scores mixed
 * and weighted by attention, candidates, suppression or fusion.
 */
final class RskpInference extends HostInference {
  /** The curve that labels are made of: as the CAS, mixed by another share. */
  static final String LABEL_CAS = "label_cas";

  private final RskpConfig.Inference config;
  private final RskpNetwork network;
  private final List<String> classes;

  RskpInference(
      RskpConfig.Inference config, RskpNetwork network, Engine engine, List<String> classes) {
    super(engine);
    this.config = config;
    this.network = network;
    this.classes = List.copyOf(classes);
  }

  @Override
  public int[] snippets(int length) {
    return IntStream.range(0, length).toArray();
  }

  @Override
  protected Prediction predict(Pass<Tensor> pass, Tensor x) {
    int length = x.shape().size(1);
    RskpNetwork.Output<Tensor> out = network.forward(pass, x.reshape(length, -1));
    Tensor scores =
        mixed(out.original().agnostic(), out.propagated().agnostic(), config.recordingShare());
    Map<String, Cas> curves = new LinkedHashMap<>();
    curves.put(Prediction.CAS, curve(out, config.snippetShare()));
    curves.put(LABEL_CAS, curve(out, config.labelSnippetShare()));
    return new Prediction(scores.toDoubles(), curves, List.of());
  }

  private Cas curve(RskpNetwork.Output<Tensor> out, double share) {
    Tensor cas = mixed(out.original().logits(), out.propagated().logits(), share); // [T,C1]
    if (config.attention()) {
      cas = cas.multiply(out.original().attention());
    }
    return Cas.of(cas.toDoubles(), cas.shape().size(0), cas.shape().size(1));
  }

  private static Tensor mixed(Tensor original, Tensor propagated, double share) {
    return original.softmax().multiply(share).add(propagated.softmax().multiply(1 - share));
  }

  /** Of background too, as the published code has it. */
  @Override
  public List<Proposal> instances(Prediction prediction, Suppression fusion) {
    Prediction forLabels = Prediction.of(prediction.videoScores(), prediction.curve(LABEL_CAS));
    return config.proposals().instances(forLabels, classes.size() + 1, fusion);
  }

  @Override
  public List<Detection> detections(Prediction prediction, SnippetGrid grid) {
    return config.proposals().detections(prediction, grid, classes);
  }
}
