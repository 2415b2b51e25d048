// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.multires;

import dev.kairos.methods.backbone.BasnetModel;
import dev.kairos.methods.data.FeatureStream;
import dev.kairos.nn.Parameters;
import dev.kairos.nn.Pass;
import dev.kairos.tensor.Engine;
import dev.kairos.tensor.Tensor;
import dev.kairos.tensor.TensorOps;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The networks that give the initial labels: a BaS-Net for each of two streams, nothing shared. The
 * pass over resampled features goes through the same weights, or through networks of its own that
 * serve nothing else.
 */
public final class IlgModel {
  /** How many streams the method takes. */
  public static final int STREAMS = 2;

  private final List<FeatureStream> streams;
  private final boolean shared;
  private final List<BasnetModel> networks = new ArrayList<>();
  private final List<BasnetModel> resampled = new ArrayList<>(); // none if shared

  /**
   * The sizes of each network.
   *
   * @param classes C
   * @param filterHidden width inside the filtering module
   * @param hidden width of the CAS module
   * @param dropout before the classifier
   */
  public record Sizes(int classes, int filterHidden, int hidden, double dropout) {}

  /**
   * Networks with fresh weights, each under its stream's name.
   *
   * @param parameters the part of the tree they own
   * @param streams two
   * @param shared whether resampled features go through the same weights
   */
  public IlgModel(Parameters parameters, List<FeatureStream> streams, Sizes sizes, boolean shared) {
    if (streams.size() != STREAMS) {
      throw new IllegalArgumentException(
          "multires learns from two streams of features, found %d: cut a file that joins two by 'columns' of each stream in dataset.toml"
              .formatted(streams.size()));
    }
    this.streams = List.copyOf(streams);
    this.shared = shared;
    for (FeatureStream stream : streams) {
      networks.add(network(parameters.at(stream.name()), stream, sizes));
      if (!shared) {
        resampled.add(network(parameters.at(stream.name() + "-resampled"), stream, sizes));
      }
    }
  }

  private static BasnetModel network(Parameters parameters, FeatureStream stream, Sizes sizes) {
    return new BasnetModel(
        parameters,
        stream.width(),
        sizes.classes(),
        sizes.filterHidden(),
        sizes.hidden(),
        sizes.dropout());
  }

  /** The streams, first to last. */
  public List<FeatureStream> streams() {
    return streams;
  }

  /** Joined features {@code [B,S,D]} as those of each stream. */
  public List<Tensor> split(Tensor features) {
    List<Tensor> parts = new ArrayList<>();
    int from = 0;
    for (FeatureStream stream : streams) {
      parts.add(features.narrow(2, from, stream.width()).contiguous());
      from += stream.width();
    }
    return parts;
  }

  /** Features {@code [B,S,F]} behind the first layers of one stream's network. */
  public <T extends TensorOps<T>> BasnetModel.Projected<T> project(Pass<T> pass, int stream, T x) {
    return networks.get(stream).project(pass, x);
  }

  /** Both branches of one stream's network. */
  public <T extends TensorOps<T>> BasnetModel.Output<T> forward(
      Pass<T> pass, int stream, BasnetModel.Projected<T> x) {
    return networks.get(stream).forward(pass, x);
  }

  /**
   * The same with a dropout mask that is known.
   *
   * @param mask {@code [2B,S,hidden]}, see {@link #mask}
   */
  public <T extends TensorOps<T>> BasnetModel.Output<T> forward(
      Pass<T> pass, int stream, BasnetModel.Projected<T> x, T mask) {
    return networks.get(stream).forward(pass, x, mask);
  }

  /**
   * A dropout mask for both branches of one stream's network.
   *
   * @param x features {@code [B,S,F]}
   */
  public <T extends TensorOps<T>> T mask(Engine engine, Pass<T> pass, int stream, T x) {
    return networks.get(stream).mask(engine, pass, x);
  }

  /** The suppression branch of one stream's network: {@code [B,S,F]} to {@code [B,S,K]}. */
  public <T extends TensorOps<T>> T suppression(Pass<T> pass, int stream, T x) {
    return networks.get(stream).suppression(pass, x);
  }

  /**
   * The same on resampled features. With shared weights their projection is that of the features
   * resampled, which costs next to nothing.
   *
   * @param x features {@code [B,S,F]}
   * @param projected by {@link #project}
   * @param resampling in time, linear
   * @return {@code [B,S',K]}
   */
  public <T extends TensorOps<T>> T resampled(
      Pass<T> pass,
      int stream,
      T x,
      BasnetModel.Projected<T> projected,
      UnaryOperator<T> resampling) {
    return shared
        ? networks.get(stream).suppression(pass, projected.resampled(resampling))
        : resampled.get(stream).suppression(pass, resampling.apply(x));
  }

  /**
   * The same with shared weights and the dropout mask of the pass over all snippets, resampled.
   *
   * @param mask {@code [2B,S,hidden]}, of which the suppression branch's half is taken
   */
  public <T extends TensorOps<T>> T resampled(
      Pass<T> pass,
      int stream,
      BasnetModel.Projected<T> projected,
      UnaryOperator<T> resampling,
      T mask) {
    int batch = mask.shape().size(0) / 2;
    T own = resampling.apply(mask.narrow(0, batch, batch)); // [B,S',hidden]
    return networks.get(stream).suppression(pass, projected.resampled(resampling), own);
  }
}
