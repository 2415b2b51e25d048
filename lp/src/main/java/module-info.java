// SPDX-License-Identifier: Apache-2.0
/** Linear programs: the model, MPS files, the simplex solver and the check of its answers. */
@org.jspecify.annotations.NullMarked
module dev.kairos.lp {
  requires static org.jspecify;
  requires it.unimi.dsi.fastutil.core;

  exports dev.kairos.lp;
  exports dev.kairos.lp.io;
  exports dev.kairos.lp.simplex;
}
