// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.training;

import java.util.Locale;

/** Which weights of a run to localise with. */
public enum KeptWeights {
  /** Those that scored best on what the training held out; the last where it held nothing out. */
  BEST,
  /** Those that the training ended with, or has come to. */
  LAST;

  /** The name that users type and result files hold. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
