// SPDX-License-Identifier: Apache-2.0
package dev.kairos.bench;

import dev.kairos.kernels.opencl.aparapi.TranslatedMatmul;
import dev.kairos.tensor.Engine;
import dev.kairos.tensor.Scope;
import dev.kairos.tensor.Tensor;
import org.openjdk.jmh.annotations.Param;

/**
 * What does it cost to reach a device, and what does it give? One product of two matrices by a loop
 * in Java, by our vector loops, by Java code that Aparapi translates, by our kernels through Aparapi
 * (moved in and out), and by the same kernels through JOCL: resident, or with both factors moved in
 * and the product out.
 */
public class DeviceMatmulBenchmark extends Duel {
  private static final String LOOP = "loop";
  private static final String TRANSLATED = "translated";
  private static final String MOVED = "opencl-moved";

  /** The contender. */
  @Param({LOOP, Peers.KAIROS, TRANSLATED, Peers.APARAPI, Peers.OPENCL, MOVED})
  public String peer = "";

  /** Rows, columns and depth. */
  @Param({"256", "512", "1024"})
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
    return "48";
  }

  @Override
  double tolerance() {
    return 1e-5;
  }

  @Override
  double operations(String given) {
    double n = Integer.parseInt(given);
    return 2 * n * n * n;
  }

  @Override
  Contender open(String name, String given) {
    int n = Integer.parseInt(given);
    float[] a = Values.uniform(1, n * n, -1, 1);
    float[] b = Values.uniform(2, n * n, -1, 1);
    return switch (name) {
      case LOOP -> new OnHost(n, () -> loop(a, b, n));
      case TRANSLATED -> new Translated(a, b, n);
      case MOVED -> new Moved(a, b, n);
      default -> MatmulContenders.open(name, MatmulShape.parse(given), threads);
    };
  }

  /** Row by row, as anybody would write it who knows that columns are far apart. */
  private static float[] loop(float[] a, float[] b, int n) {
    float[] c = new float[n * n];
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < n; k++) {
        float x = a[i * n + k];
        for (int j = 0; j < n; j++) {
          c[i * n + j] += x * b[k * n + j];
        }
      }
    }
    return c;
  }

  private interface Product {
    float[] of();
  }

  /** Arrays in, an array out. */
  private record OnHost(int n, Product product) implements Contender {
    @Override
    public void run() {
      product.of();
    }

    @Override
    public double[] answer() {
      float[] c = product.of();
      double[] wide = new double[n * n];
      for (int i = 0; i < wide.length; i++) {
        wide[i] = c[i];
      }
      return wide;
    }

    @Override
    public void close() {}
  }

  /** By Aparapi's translation of Java. */
  private static final class Translated implements Contender {
    private final TranslatedMatmul kernel = new TranslatedMatmul();
    private final OnHost product;

    Translated(float[] a, float[] b, int n) {
      product =
          new OnHost(
              n,
              () -> {
                float[] c = new float[n * n];
                kernel.multiply(a, b, c, n, n, n);
                return c;
              });
    }

    @Override
    public void run() {
      product.run();
    }

    @Override
    public double[] answer() {
      return product.answer();
    }

    @Override
    public void close() {
      kernel.dispose();
    }
  }

  /** Both factors move to the device, and the product back. */
  private static final class Moved implements Contender {
    private final Engine engine = Peers.engine(Peers.OPENCL, 1);
    private final float[] a;
    private final float[] b;
    private final int n;

    Moved(float[] a, float[] b, int n) {
      this.a = a;
      this.b = b;
      this.n = n;
    }

    @Override
    public void run() {
      try (Scope scope = engine.scope()) {
        Tensor left = engine.tensor(a, n, n);
        left.matmul(engine.tensor(b, n, n)).toFloats();
      }
    }

    @Override
    public double[] answer() {
      try (Scope scope = engine.scope()) {
        return engine.tensor(a, n, n).matmul(engine.tensor(b, n, n)).toDoubles();
      }
    }

    @Override
    public void close() {
      engine.close();
    }
  }
}
