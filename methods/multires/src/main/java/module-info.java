// SPDX-License-Identifier: Apache-2.0
/** Refinement at several resolutions; found by service. */
@org.jspecify.annotations.NullMarked
module dev.kairos.methods.multires {
  requires static org.jspecify;
  requires transitive dev.kairos.methods;

  exports dev.kairos.methods.multires;

  // Its presets.
  opens dev.kairos.methods.multires to
      dev.kairos.methods;

  provides dev.kairos.methods.training.Method with
      dev.kairos.methods.multires.Multires;
}
