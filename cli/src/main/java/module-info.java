// SPDX-License-Identifier: Apache-2.0
/** The {@code kairos} command. */
@org.jspecify.annotations.NullMarked
module dev.kairos.cli {
  requires static org.jspecify;
  requires dev.kairos.methods;
  requires info.picocli;
}
