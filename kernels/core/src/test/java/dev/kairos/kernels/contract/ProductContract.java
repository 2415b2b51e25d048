// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.contract;

import dev.kairos.kernels.Backend;
import org.junit.jupiter.api.Nested;

/**
 * What every {@link Backend} must do with products and convolutions: the part of {@link
 * BackendContract} for a backend that leaves everything else to another.
 */
public abstract class ProductContract {
  /**
   * Opens a fresh backend; the suite closes it.
   *
   * @param threads how many threads it may use
   */
  protected abstract Backend open(int threads);

  @Nested
  class Contractions extends ContractionContract {
    @Override
    Backend open(int threads) {
      return ProductContract.this.open(threads);
    }
  }
}
