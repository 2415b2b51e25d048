// SPDX-License-Identifier: Apache-2.0
package dev.kairos.bench;

import dev.ludovic.netlib.blas.JavaBLAS;

/** The sgemm of netlib in Java on the Vector API, one thread. Registered as a service. */
public final class VectorblasMatmul implements MatmulPeer {
  @Override
  public String name() {
    return "vectorblas";
  }

  @Override
  public Contender open(MatmulShape shape, float[] a, float[] b, int threads) {
    JavaBLAS blas = JavaBLAS.getInstance();
    if (!blas.getClass().getSimpleName().equals("VectorBLAS")) {
      throw new MissingPeerException(name(), "netlib chose " + blas.getClass().getSimpleName());
    }
    float[] out = new float[shape.m() * shape.n()];
    return new Contender() {
      @Override
      public void run() {
        // Columns first: a row-major product is that of the transposes, in the other order.
        blas.sgemm(
            "N", "N", shape.n(), shape.m(), shape.k(), 1f, b, shape.n(), a, shape.k(), 0f, out,
            shape.n());
      }

      @Override
      public double[] answer() {
        run();
        return Values.toDoubles(out);
      }

      @Override
      public void close() {}
    };
  }
}
