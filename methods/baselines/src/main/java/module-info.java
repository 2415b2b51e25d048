// SPDX-License-Identifier: Apache-2.0
/** The plain baseline and methods that can be hosts of pseudo labels; found by service. */
@org.jspecify.annotations.NullMarked
module dev.kairos.methods.baselines {
  requires static org.jspecify;
  requires transitive dev.kairos.methods;

  exports dev.kairos.methods.basnet;
  exports dev.kairos.methods.bm;
  exports dev.kairos.methods.facnet;
  exports dev.kairos.methods.plain;
  exports dev.kairos.methods.stpn;
  exports dev.kairos.methods.wum;

  // Their presets.
  opens dev.kairos.methods.basnet to
      dev.kairos.methods;
  opens dev.kairos.methods.bm to
      dev.kairos.methods;
  opens dev.kairos.methods.facnet to
      dev.kairos.methods;
  opens dev.kairos.methods.plain to
      dev.kairos.methods;
  opens dev.kairos.methods.stpn to
      dev.kairos.methods;
  opens dev.kairos.methods.wum to
      dev.kairos.methods;

  provides dev.kairos.methods.training.Method with
      dev.kairos.methods.basnet.Basnet,
      dev.kairos.methods.bm.Bm,
      dev.kairos.methods.facnet.Facnet,
      dev.kairos.methods.plain.Plain,
      dev.kairos.methods.stpn.Stpn,
      dev.kairos.methods.wum.Wum;
}
