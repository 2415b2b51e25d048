// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.opencl.aparapi;

import dev.kairos.kernels.Backend;
import dev.kairos.kernels.BackendInfo;
import dev.kairos.kernels.BackendOptions;
import dev.kairos.kernels.Backends;
import dev.kairos.kernels.Conv1dGeometry;
import dev.kairos.kernels.ForwardingBackend;
import dev.kairos.kernels.Strided;
import dev.kairos.kernels.opencl.DeviceInfo;
import dev.kairos.kernels.opencl.KernelShape;
import dev.kairos.kernels.opencl.OpenClProducts;
import dev.kairos.kernels.opencl.SelfTest;

/**
 * The single-precision backend on the host, with matrix products and convolutions on an OpenCL
 * device: each such call brings its arrays there and back. Products too small to be worth the way
 * stay on the host; which do depends on their sizes alone.
 */
public final class AparapiBackend extends ForwardingBackend {
  /** The name users type. */
  static final String NAME = "aparapi";

  /**
   * Multiply-adds below which a product stays on the host, where it takes less time than the way:
   * three calls of 0.15 ms.
   */
  static final long LEAST_WORK = 1L << 24;

  private final Backend host;
  private final AparapiKernels kernels;
  private final OpenClProducts products;
  private final long leastWork;
  private final BackendInfo info;

  /**
   * A backend on the best device, or the one that the options name, which it tests first.
   *
   * @throws dev.kairos.kernels.BackendUnavailableException if there is no such device, naming those
   *     that are
   * @throws dev.kairos.kernels.opencl.OpenClException if kernels do not compile there or compute
   *     wrong numbers
   */
  public static AparapiBackend open(BackendOptions options) {
    AparapiDevices.Found device = Aparapi.device(options.device());
    return open(options, device, KernelShape.of(device.info()), LEAST_WORK);
  }

  static AparapiBackend open(
      BackendOptions options, AparapiDevices.Found device, KernelShape shape, long leastWork) {
    AparapiKernels kernels = new AparapiKernels(device, shape);
    try {
      Backend host = Backends.open(Backends.CPU, options);
      try {
        new SelfTest(new AparapiBackend(host, kernels, 0), device.info()).run();
        return new AparapiBackend(host, kernels, leastWork);
      } catch (RuntimeException e) {
        host.close();
        throw e;
      }
    } catch (RuntimeException e) {
      kernels.close();
      throw e;
    }
  }

  private AparapiBackend(Backend host, AparapiKernels kernels, long leastWork) {
    super(host);
    this.host = host;
    this.kernels = kernels;
    this.products = new OpenClProducts(kernels, host);
    this.leastWork = leastWork;
    DeviceInfo device = kernels.info();
    BackendInfo behind = host.info();
    String arithmetic =
        (behind.arithmetic() + "-aparapi-" + device.name() + "-" + device.driver())
            .replaceAll("[^A-Za-z0-9.]+", "-");
    this.info =
        new BackendInfo(NAME, behind.precision(), behind.lanes(), arithmetic, behind.threads());
  }

  @Override
  public BackendInfo info() {
    return info;
  }

  /** The device. */
  public DeviceInfo device() {
    return kernels.info();
  }

  @Override
  public void matmul(Strided a, Strided b, boolean accumulate, Strided out) {
    int k = a.size(a.rank() - 1);
    if (staysHere((long) out.count() * k)) {
      host.matmul(a, b, accumulate, out);
      return;
    }
    ViewCheck.product(a, b, out);
    products.matmul(a, b, accumulate, out);
  }

  @Override
  public void conv1d(Conv1dGeometry g, Strided x, Strided w, Strided out) {
    if (staysHere(work(g))) {
      host.conv1d(g, x, w, out);
      return;
    }
    ViewCheck.convolution("conv1d", g, x, w, out);
    products.conv1d(g, x, w, out);
  }

  @Override
  public void conv1dInputGradient(Conv1dGeometry g, Strided dy, Strided w, Strided dx) {
    if (staysHere(work(g))) {
      host.conv1dInputGradient(g, dy, w, dx);
      return;
    }
    ViewCheck.convolution("conv1dInputGradient", g, dx, w, dy);
    products.conv1dInputGradient(g, dy, w, dx);
  }

  @Override
  public void conv1dWeightGradient(Conv1dGeometry g, Strided x, Strided dy, Strided dw) {
    if (staysHere(work(g))) {
      host.conv1dWeightGradient(g, x, dy, dw);
      return;
    }
    ViewCheck.convolution("conv1dWeightGradient", g, x, dw, dy);
    products.conv1dWeightGradient(g, x, dy, dw);
  }

  /** Multiply-adds of a convolution and of its gradients. */
  private static long work(Conv1dGeometry g) {
    return (long) g.batch() * g.outputTime() * g.outputChannels() * g.kernel() * g.inputChannels();
  }

  /** Also where there is nothing to do: Aparapi cannot be given arrays without elements. */
  private boolean staysHere(long work) {
    return work == 0 || work < leastWork;
  }

  @Override
  public void close() {
    kernels.close();
    super.close();
  }
}
