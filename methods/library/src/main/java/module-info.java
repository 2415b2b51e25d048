// SPDX-License-Identifier: Apache-2.0
/** Kairos in a program: localise and train, with all methods. */
@org.jspecify.annotations.NullMarked
module dev.kairos {
  requires static org.jspecify;
  requires dev.kairos.methods;
  requires com.fasterxml.jackson.core;

  exports dev.kairos;
}
