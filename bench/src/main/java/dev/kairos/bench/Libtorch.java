// SPDX-License-Identifier: Apache-2.0
package dev.kairos.bench;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import dev.kairos.nn.FileLayout;
import dev.kairos.nn.Parameter;
import dev.kairos.tensor.Tensor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;

/**
 * PyTorch's C++ library with one program. The program runs inside libtorch, one operator after the
 * other as in eager PyTorch; Java only starts it, so that no time goes to the crossing.
 */
final class Libtorch implements AutoCloseable {
  private final PtNDManager manager;
  private final PtSymbolBlock program;
  private final NDArray empty;

  private Libtorch(PtNDManager manager, PtSymbolBlock program, NDArray empty) {
    this.manager = manager;
    this.program = program;
    this.empty = empty;
  }

  /** Why it cannot be used here, if so. */
  static Optional<String> whyMissing() {
    boolean complete =
        List.of("native/lib/pytorch.properties", "jnilib/pytorch.properties").stream()
            .allMatch(name -> Libtorch.class.getClassLoader().getResource(name) != null);
    return complete
        ? Optional.empty()
        : Optional.of("its native code is not on the class path; build with the profile peers");
  }

  /**
   * Loads a program.
   *
   * @param source TorchScript, a class {@code M}
   */
  static Libtorch open(String source, int threads) {
    whyMissing()
        .ifPresent(
            reason -> {
              throw new MissingPeerException(Peers.LIBTORCH, reason);
            });
    Engine.getEngine("PyTorch");
    JniUtils.setNumThreads(threads);
    JniUtils.setGradMode(true);
    JniUtils.setGraphExecutorOptimize(false);
    PtNDManager manager = (PtNDManager) NDManager.newBaseManager(Device.cpu(), "PyTorch");
    try {
      ByteArrayInputStream archive = new ByteArrayInputStream(TorchScript.pack(source));
      PtSymbolBlock program = JniUtils.loadModule(manager, archive, false, false);
      return new Libtorch(manager, program, manager.zeros(new Shape()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A tensor, contiguous. */
  NDArray tensor(float[] values, int... sizes) {
    return manager.create(values, new Shape(Arrays.stream(sizes).asLongStream().toArray()));
  }

  /** Positions. */
  NDArray indices(int... values) {
    return manager.create(Arrays.stream(values).asLongStream().toArray());
  }

  /** Zeros. */
  NDArray zeros(int... sizes) {
    return manager.zeros(new Shape(Arrays.stream(sizes).asLongStream().toArray()));
  }

  /** Zeros of the shape of another. */
  NDArray zerosLike(NDArray other) {
    return manager.zeros(other.getShape());
  }

  /** One value throughout. */
  NDArray full(float value, int... sizes) {
    return zeros(sizes).addi(value);
  }

  /** The same numbers, contiguous in the order of the axes given. */
  NDArray permuted(NDArray tensor, int... axes) {
    NDArray view = tensor.transpose(axes);
    return manager.create(view.toFloatArray(), view.getShape());
  }

  /** A weight of ours with PyTorch's order of axes, its gradient wanted. */
  NDArray weight(Parameter parameter) {
    return weight(KairosGradients.inFile(parameter.layout(), parameter.value()));
  }

  /**
   * A weight of ours for convolutions as products, its gradient wanted: {@code [K,C,O]} as {@code
   * [KC,O]}, and {@code [1,C,O]} as the {@code [O,C]} of a linear layer.
   */
  NDArray productWeight(Parameter parameter) {
    Tensor value = parameter.value();
    if (parameter.layout() != FileLayout.CONV1D) {
      return weight(parameter);
    }
    Tensor rows = value.reshape(-1, value.shape().size(2));
    return weight(value.shape().size(0) == 1 ? rows.transpose(0, 1) : rows);
  }

  private NDArray weight(Tensor value) {
    return leaf(tensor(value.toFloats(), value.shape().sizes()));
  }

  /** Marks a tensor as one whose gradient is wanted. */
  static NDArray leaf(NDArray tensor) {
    tensor.setRequiresGradient(true);
    return tensor;
  }

  /**
   * Runs a method.
   *
   * @param arguments tensors, and lists of tensors, in the order of the method
   * @return its result; the caller closes it
   */
  NDList call(String method, Object... arguments) {
    NDList inputs = new NDList();
    for (int i = 0; i < arguments.length; i++) {
      if (arguments[i] instanceof NDArray one) {
        one.setName(null);
        inputs.add(one);
      } else if (arguments[i] instanceof List<?> many) {
        for (Object each : many) {
          NDArray one = (NDArray) each;
          one.setName("list" + i + "[]"); // DJL's way to say that they are one argument
          inputs.add(one);
        }
      } else {
        throw new IllegalArgumentException("neither tensor nor list: " + arguments[i]);
      }
    }
    empty.setName("module_method:" + method); // and to name the method
    inputs.add(empty);
    return IValueUtils.forward(program, inputs, true);
  }

  /** All numbers of a result, which it closes. */
  static double[] values(NDList result) {
    try (result) {
      return result.stream()
          .flatMapToDouble(tensor -> DoubleStream.of(Values.toDoubles(tensor.toFloatArray())))
          .toArray();
    }
  }

  @Override
  public void close() {
    program.close();
    manager.close();
  }
}
