// SPDX-License-Identifier: Apache-2.0
/** Localisation by proposals, learned from one point per action; found by service. */
@org.jspecify.annotations.NullMarked
module dev.kairos.methods.apn {
  requires static org.jspecify;
  requires transitive dev.kairos.methods;
  requires it.unimi.dsi.fastutil.core;

  exports dev.kairos.methods.apn;

  // Its presets.
  opens dev.kairos.methods.apn to
      dev.kairos.methods;

  provides dev.kairos.methods.training.Method with
      dev.kairos.methods.apn.Apn;
}
