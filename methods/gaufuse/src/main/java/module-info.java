// SPDX-License-Identifier: Apache-2.0
/** Representative snippets, and fused instances as pseudo labels; found by service. */
@org.jspecify.annotations.NullMarked
module dev.kairos.methods.gaufuse {
  requires static org.jspecify;
  requires transitive dev.kairos.methods;
  requires it.unimi.dsi.fastutil.core;

  exports dev.kairos.methods.gaufuse;
  exports dev.kairos.methods.rskp;

  // Their presets.
  opens dev.kairos.methods.gaufuse to
      dev.kairos.methods;
  opens dev.kairos.methods.rskp to
      dev.kairos.methods;

  provides dev.kairos.methods.training.Method with
      dev.kairos.methods.gaufuse.Gaufuse,
      dev.kairos.methods.rskp.Rskp;
}
