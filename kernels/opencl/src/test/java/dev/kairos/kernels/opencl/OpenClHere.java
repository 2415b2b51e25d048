// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.opencl;

import dev.kairos.kernels.Availability;
import dev.kairos.kernels.opencl.jocl.Jocl;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Leaves tests out where there is no OpenCL device; but where {@code KAIROS_REQUIRE_OPENCL} is set,
 * as in a build that is to test it, they fail: a build must not turn green by leaving tests out.
 */
public final class OpenClHere implements BeforeAllCallback {
  private static final String REQUIRED = "KAIROS_REQUIRE_OPENCL";

  @Override
  public void beforeAll(ExtensionContext context) {
    decide(Jocl.availability(), System.getenv(REQUIRED));
  }

  /**
   * Decides.
   *
   * @param required what the variable is set to
   */
  static void decide(Availability found, @Nullable String required) {
    if (found.usable()) {
      return;
    }
    if (required != null && !required.isEmpty()) {
      Assertions.fail(REQUIRED + " is set, and no device can be used: " + found.reason());
    }
    Assumptions.abort(found.reason());
  }
}
