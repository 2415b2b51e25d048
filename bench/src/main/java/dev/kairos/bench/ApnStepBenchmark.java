// SPDX-License-Identifier: Apache-2.0
package dev.kairos.bench;

import ai.djl.ndarray.NDArray;
import dev.kairos.autograd.Variable;
import dev.kairos.methods.apn.ApnCase;
import dev.kairos.nn.Parameters;
import dev.kairos.nn.TrainingPass;
import dev.kairos.tensor.Engine;
import java.util.List;
import java.util.function.Function;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How fast is a step of training APN, and how much memory does it take? Forward, all losses,
 * backward, Adam, with pseudo actions and proposals given; an encoder of 2 layers, 8 heads and 32
 * samples, 20 classes.
 */
@Warmup(iterations = 8, time = 1)
public class ApnStepBenchmark extends Duel {
  /** The contender. */
  @Param({Peers.KAIROS, Peers.LIBTORCH})
  public String peer = "";

  /** Recordings, snippets, width of features, proposals of a recording, width of the encoder. */
  @Param("4x325x2048x64x512")
  public String size = "";

  @Override
  String peer() {
    return peer;
  }

  @Override
  String size() {
    return size;
  }

  @Override
  String smallSize() {
    return "3x23x12x5x16";
  }

  @Override
  double tolerance() {
    return 1e-5;
  }

  /** Of the products. */
  @Override
  double operations(String given) {
    return parse(given).operations();
  }

  private static ApnCase parse(String given) {
    int[] s = Sizes.parse(given, 5);
    return new ApnCase(s[0], s[1], s[2], s[3], s[4]);
  }

  @Override
  Contender open(String name, String given) {
    Peers.require(name, Peers.LIBTORCH);
    ApnCase sizes = parse(given);
    int[] shape = {sizes.recordings(), sizes.snippets(), sizes.width()};
    float[] x = Values.uniform(1, shape[0] * shape[1] * shape[2], 0, 1);
    float[] texts = Values.uniform(2, ApnCase.CLASSES * sizes.inner(), -1, 1);
    boolean ours = Peers.isOurs(name);
    Engine engine = Peers.engine(ours ? name : Peers.SCALAR, threads);
    Parameters parameters = KairosStep.parameters(engine);
    Function<TrainingPass, Variable> loss = sizes.loss(parameters, x, texts);
    if (ours) {
      return new KairosStep(parameters, loss);
    }
    try (engine) {
      Libtorch torch =
          Libtorch.open(TorchScript.program("transformer", "apn", "adam", "step"), threads);
      List<NDArray> weights = parameters.all().stream().map(torch::weight).toList();
      return new TorchStep(torch, inputs(torch, sizes, x, texts), weights);
    }
  }

  private static TorchStep.Inputs inputs(Libtorch torch, ApnCase sizes, float[] x, float[] texts) {
    int v = sizes.recordings();
    int t = sizes.snippets();
    int a = sizes.count();
    int p = v * sizes.proposals();
    int m = ApnCase.CLASSES;
    NDArray unit = torch.tensor(texts, m, sizes.inner()).normalize(2, 1, 1e-12);
    float[] before = sizes.sampleShares(0);
    float[] after = sizes.sampleShares(1);
    List<NDArray> all =
        List.of(
            torch.permuted(torch.tensor(x, v, t, sizes.width()), 0, 2, 1),
            torch.indices(sizes.sampleRows(0)),
            torch.indices(sizes.sampleRows(1)),
            torch.tensor(before, before.length, 1),
            torch.tensor(after, after.length, 1),
            torch.tensor(sizes.boundaryWeights(1), v, 2, t),
            torch.tensor(sizes.boundaryWeights(0), v, 2, t),
            torch.permuted(unit, 1, 0),
            torch.tensor(sizes.classWeights(), p, m),
            torch.tensor(sizes.confidenceTargets(), p, m),
            torch.tensor(sizes.confidenceWeights(), p, m),
            torch.tensor(sizes.means(), v, 3 * a + 1, t),
            torch.tensor(sizes.compared(false), v, a, 2 * a + 1),
            torch.tensor(sizes.compared(true), v, a, 2 * a + 1));
    return new TorchStep.Inputs(all, torch.zeros(), torch.zeros(), 0, a);
  }
}
