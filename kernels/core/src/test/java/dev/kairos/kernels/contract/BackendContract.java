// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.contract;

import dev.kairos.kernels.Backend;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.TestClassOrder;

/**
 * What every {@link Backend} must do, against {@link dev.kairos.kernels.reference.ReferenceBackend}
 * on random shapes. A backend's test extends this class, says how to open the backend, and inherits
 * all parts; a backend is done when they pass.
 */
@TestClassOrder(ClassOrderer.OrderAnnotation.class)
public abstract class BackendContract {

  /**
   * Opens a fresh backend; the suite closes it.
   *
   * @param threads how many threads it may use
   */
  protected abstract Backend open(int threads);

  /**
   * How often each call is made when its bits are compared: often enough for the JVM to compile the
   * loops. A device whose loops no JVM compiles says less.
   */
  protected int repetitions() {
    return 2000;
  }

  /** First, while the compiler has not yet seen the loops. */
  @Nested
  @Order(1)
  class Repeatability extends RepeatabilityContract {
    @Override
    int calls() {
      return repetitions();
    }

    @Override
    Backend open(int threads) {
      return BackendContract.this.open(threads);
    }
  }

  @Nested
  @Order(2)
  class Elementwise extends ElementwiseContract {
    @Override
    Backend open(int threads) {
      return BackendContract.this.open(threads);
    }
  }

  @Nested
  @Order(2)
  class SpecialValues extends SpecialValuesContract {
    @Override
    Backend open(int threads) {
      return BackendContract.this.open(threads);
    }
  }

  @Nested
  @Order(3)
  class Reductions extends ReductionContract {
    @Override
    Backend open(int threads) {
      return BackendContract.this.open(threads);
    }
  }

  @Nested
  @Order(4)
  class Rows extends RowContract {
    @Override
    Backend open(int threads) {
      return BackendContract.this.open(threads);
    }
  }

  @Nested
  @Order(4)
  class RowScales extends RowScaleContract {
    @Override
    Backend open(int threads) {
      return BackendContract.this.open(threads);
    }
  }

  @Nested
  @Order(5)
  class Selections extends SelectionContract {
    @Override
    Backend open(int threads) {
      return BackendContract.this.open(threads);
    }
  }

  @Nested
  @Order(6)
  class Contractions extends ContractionContract {
    @Override
    Backend open(int threads) {
      return BackendContract.this.open(threads);
    }
  }

  @Nested
  @Order(7)
  class SolveAndUpdate extends SolveAndUpdateContract {
    @Override
    Backend open(int threads) {
      return BackendContract.this.open(threads);
    }
  }
}
