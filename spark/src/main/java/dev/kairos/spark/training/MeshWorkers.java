// SPDX-License-Identifier: Apache-2.0
package dev.kairos.spark.training;

import dev.kairos.methods.training.ShardWorkers;
import dev.kairos.nn.Parameter;
import dev.kairos.tensor.DType;
import dev.kairos.tensor.Engine;
import dev.kairos.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * Workers in tasks of a cluster, each with connections to all others. Work goes round in turn. Each
 * worker owns a slice of the weights: it receives that slice of the gradient of every shard, adds
 * them in the order of the shards, and sends the sums round. So the sums have the bits of one
 * worker who adds all, and each worker sends and receives about twice the size of the gradients,
 * however many they are.
 */
final class MeshWorkers implements ShardWorkers {
  private final Mesh mesh;
  private final double longestSeconds;
  private long exchanges;

  /**
   * Workers on a mesh.
   *
   * @param longestSeconds how long to wait for another worker's part
   */
  MeshWorkers(Mesh mesh, double longestSeconds) {
    this.mesh = mesh;
    this.longestSeconds = longestSeconds;
  }

  @Override
  public boolean isOwn(int piece) {
    return owner(piece) == mesh.rank();
  }

  private int owner(int piece) {
    return piece % mesh.count();
  }

  @Override
  public List<byte[]> all(String what, int pieces, IntFunction<byte[]> work) {
    long exchange = exchanges++;
    Map<Integer, byte[]> own = new HashMap<>();
    for (int piece = mesh.rank(); piece < pieces; piece += mesh.count()) {
      byte[] done = work.apply(piece);
      own.put(piece, done);
      sendAll(what, new Frame(exchange, piece), done);
    }
    List<byte[]> all = new ArrayList<>();
    for (int piece = 0; piece < pieces; piece++) {
      byte[] done = own.get(piece);
      all.add(done != null ? done : take(what, owner(piece), new Frame(exchange, piece)));
    }
    return all;
  }

  private void sendAll(String what, Frame frame, byte[] content) {
    for (int other = 0; other < mesh.count(); other++) {
      if (other != mesh.rank()) {
        mesh.peer(other).send(what, frame, content);
      }
    }
  }

  private byte[] take(String what, int other, Frame frame) {
    return mesh.peer(other).take(what, frame, longestSeconds);
  }

  @Override
  public GradientSum sum(String what, Engine engine, List<Parameter> parameters, int shards) {
    if (engine.real() != DType.FLOAT32) {
      throw new IllegalArgumentException(
          "workers tell each other gradients in single precision; this engine has "
              + engine.real());
    }
    return new SlicedSum(what, engine, parameters, shards);
  }

  /** One sum of gradients. */
  private final class SlicedSum implements GradientSum {
    private final String what;
    private final Engine engine;
    private final List<Parameter> parameters;
    private final int shards;
    private final int length;
    private final long parts = exchanges++;
    private final long sums = exchanges++;
    private final Map<Integer, float[]> own = new HashMap<>(); // own slice of own shards

    SlicedSum(String what, Engine engine, List<Parameter> parameters, int shards) {
      this.what = what;
      this.engine = engine;
      this.parameters = parameters;
      this.shards = shards;
      long all = parameters.stream().mapToLong(p -> p.shape().count()).sum();
      this.length = Math.toIntExact(all);
    }

    private int from(int rank) {
      return (int) ((long) rank * length / mesh.count());
    }

    private int size(int rank) {
      return from(rank + 1) - from(rank);
    }

    @Override
    public void add(int shard, Function<Parameter, Tensor> gradients) {
      float[] all = new float[length];
      int at = 0;
      for (Parameter parameter : parameters) {
        float[] values = gradients.apply(parameter).toFloats();
        System.arraycopy(values, 0, all, at, values.length);
        at += values.length;
      }
      for (int rank = 0; rank < mesh.count(); rank++) {
        if (rank == mesh.rank()) {
          float[] slice = new float[size(rank)];
          System.arraycopy(all, from(rank), slice, 0, slice.length);
          own.put(shard, slice);
        } else {
          byte[] slice = bytes(all, from(rank), size(rank));
          mesh.peer(rank).send(what, new Frame(parts, shard), slice);
        }
      }
    }

    @Override
    public Function<Parameter, Tensor> total() {
      float[] sum = new float[size(mesh.rank())];
      for (int shard = 0; shard < shards; shard++) {
        float[] slice =
            isOwn(shard)
                ? Objects.requireNonNull(own.remove(shard))
                : floats(take(what, owner(shard), new Frame(parts, shard)));
        for (int i = 0; i < sum.length; i++) {
          sum[i] += slice[i];
        }
      }
      sendAll(what, new Frame(sums, mesh.rank()), bytes(sum, 0, sum.length));
      float[] all = new float[length];
      for (int rank = 0; rank < mesh.count(); rank++) {
        float[] slice = rank == mesh.rank() ? sum : floats(take(what, rank, new Frame(sums, rank)));
        System.arraycopy(slice, 0, all, from(rank), slice.length);
      }
      return tensors(all);
    }

    private Function<Parameter, Tensor> tensors(float[] all) {
      Map<Parameter, Tensor> tensors = new HashMap<>();
      int at = 0;
      for (Parameter parameter : parameters) {
        float[] values = new float[parameter.shape().count()];
        System.arraycopy(all, at, values, 0, values.length);
        tensors.put(parameter, engine.tensor(values, parameter.shape().sizes()));
        at += values.length;
      }
      return parameter -> Objects.requireNonNull(tensors.get(parameter));
    }
  }

  private static byte[] bytes(float[] values, int from, int count) {
    ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(count, Float.BYTES));
    bytes.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(values, from, count);
    return bytes.array();
  }

  private static float[] floats(byte[] bytes) {
    float[] values = new float[bytes.length / Float.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    return values;
  }
}
