// SPDX-License-Identifier: Apache-2.0
/**
 * Linear programs: the data, a model by names, files, the simplex solver, its answers' check, and
 * LinPro.
 */
@org.jspecify.annotations.NullMarked
module dev.kairos.lp {
  requires static org.jspecify;
  requires ejml.core;
  requires ejml.ddense;
  requires it.unimi.dsi.fastutil.core;

  exports dev.kairos.lp;
  exports dev.kairos.lp.ejml;
  exports dev.kairos.lp.io;
  exports dev.kairos.lp.linpro;
  exports dev.kairos.lp.model;
  exports dev.kairos.lp.simplex;
}
