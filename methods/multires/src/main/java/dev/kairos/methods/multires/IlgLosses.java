// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.multires;

import dev.kairos.methods.backbone.BasnetLosses;
import dev.kairos.methods.backbone.BasnetModel;
import dev.kairos.nn.Pass;
import dev.kairos.tensor.Engine;
import dev.kairos.tensor.TensorOps;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The joint loss of the two streams: BaS-Net's loss of each, their disagreement with each other,
 * and the disagreement of each with itself on the same recordings resampled in time.
 *
 * <p>With masks of their own, two passes over the same snippets differ by noise that grows with the
 * scores, so that agreement asks for small scores. Where masks are shared, the resampled pass drops
 * what the full pass dropped: hidden value h at snippet t is multiplied by {@code m[t,h]} there and
 * by ST(m)[i,h] here, with the ST that also resamples the CAS it is held against. Where hidden
 * values change slowly, both products are then the same, {@code ST(m h) = ST(m) h}. The streams
 * have networks that share nothing, and so no masks to share.
 *
 * @param topK how many largest values make the video score
 * @param normWeight weight of the sum of foreground weights
 * @param alpha weight of the disagreement between the streams
 * @param beta weight of the first stream's disagreement between resolutions
 * @param gamma the same of the second
 * @param consistency the distance
 * @param resampling the convention of resampling, for features, CAS and masks alike
 * @param sharedMasks whether the resampled pass has the dropout masks of the full one
 */
public record IlgLosses(
    int topK,
    double normWeight,
    double alpha,
    double beta,
    double gamma,
    Consistency consistency,
    TimeResampling resampling,
    boolean sharedMasks) {

  /**
   * Computes the losses; those whose weight is 0 are left out, and so is the work for them.
   *
   * @param x features of each stream, {@code [B,S,F]}
   * @param labels classes that occur, 1 or 0, {@code [B,C]}
   * @param scale length of the resampled recordings, relative
   * @return by name: {@code loss}; {@code loss_<stream>}; {@code loss_between_streams}; {@code
   *     loss_between_scales_<stream>}
   */
  public <T extends TensorOps<T>> Map<String, T> of(
      Engine engine, IlgModel model, Pass<T> pass, List<T> x, T labels, double scale) {
    Map<String, T> losses = new LinkedHashMap<>();
    List<T> cas = new ArrayList<>(); // of the suppression branches, [B,S,K]
    List<BasnetModel.Projected<T>> projected = new ArrayList<>();
    List<Optional<T>> masks = new ArrayList<>(); // [2B,S,hidden]
    List<T> parts = new ArrayList<>();
    for (int i = 0; i < x.size(); i++) {
      BasnetModel.Projected<T> projection = model.project(pass, i, x.get(i));
      projected.add(projection);
      Optional<T> mask =
          sharedMasks && betweenScales(i) > 0
              ? Optional.of(model.mask(engine, pass, i, x.get(i)))
              : Optional.empty();
      masks.add(mask);
      BasnetModel.Output<T> output =
          mask.isPresent()
              ? model.forward(pass, i, projection, mask.get())
              : model.forward(pass, i, projection);
      T own = BasnetLosses.of(output, labels, topK, normWeight).total();
      losses.put("loss_" + model.streams().get(i).name(), own);
      parts.add(own);
      cas.add(output.casSuppression());
    }
    if (alpha > 0) {
      T between = consistency.between(cas.get(0), cas.get(1));
      losses.put("loss_between_streams", between);
      parts.add(between.multiply(alpha));
    }
    int length = TimeResampling.length(x.get(0).shape().size(1), scale);
    UnaryOperator<T> resampled = all -> resampling.apply(engine, all, length);
    for (int i = 0; i < x.size(); i++) {
      double weight = betweenScales(i);
      if (weight > 0) {
        T there = resampled.apply(cas.get(i)); // [B,S',K]
        T here =
            masks.get(i).isPresent()
                ? model.resampled(pass, i, projected.get(i), resampled, masks.get(i).get())
                : model.resampled(pass, i, x.get(i), projected.get(i), resampled);
        T between = consistency.between(there, here);
        losses.put("loss_between_scales_" + model.streams().get(i).name(), between);
        parts.add(between.multiply(weight));
      }
    }
    T total = parts.get(0);
    for (T part : parts.subList(1, parts.size())) {
      total = total.add(part);
    }
    losses.put("loss", total);
    return losses;
  }

  private double betweenScales(int stream) {
    return stream == 0 ? beta : gamma;
  }
}
