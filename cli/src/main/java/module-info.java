// SPDX-License-Identifier: Apache-2.0
/** The {@code kairos} command. */
@org.jspecify.annotations.NullMarked
module dev.kairos.cli {
  requires static org.jspecify;
  requires dev.kairos.lp;
  requires dev.kairos.methods;
  requires com.fasterxml.jackson.core;
  requires info.picocli;
  requires jdk.httpserver;
  requires me.tongfei.progressbar;

  opens dev.kairos.cli to
      info.picocli;
}
