// SPDX-License-Identifier: Apache-2.0
/** Representative snippets, and fused instances as pseudo labels. */
@org.jspecify.annotations.NullMarked
module dev.kairos.methods.gaufuse {
  requires static org.jspecify;
  requires transitive dev.kairos.methods;
  requires it.unimi.dsi.fastutil.core;

  exports dev.kairos.methods.gaufuse;
  exports dev.kairos.methods.rskp;
}
