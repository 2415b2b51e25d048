// SPDX-License-Identifier: Apache-2.0
/** Recordings, proposals, pseudo labels, evaluation, training and the pipeline. */
@org.jspecify.annotations.NullMarked
module dev.kairos.methods {
  requires static org.jspecify;
  requires transitive dev.kairos.nn;
  requires transitive dev.kairos.lp;
  requires com.fasterxml.jackson.core;
  requires com.fasterxml.jackson.databind;
  requires com.fasterxml.jackson.dataformat.toml;
  requires it.unimi.dsi.fastutil.core;

  exports dev.kairos.methods;
  exports dev.kairos.methods.backbone;
  exports dev.kairos.methods.data;
  exports dev.kairos.methods.evaluation;
  exports dev.kairos.methods.files;
  exports dev.kairos.methods.generate;
  exports dev.kairos.methods.host;
  exports dev.kairos.methods.layouts;
  exports dev.kairos.methods.localization;
  exports dev.kairos.methods.pipeline;
  exports dev.kairos.methods.points;
  exports dev.kairos.methods.proposal;
  exports dev.kairos.methods.pseudolabel;
  exports dev.kairos.methods.report;
  exports dev.kairos.methods.run;
  exports dev.kairos.methods.salads;
  exports dev.kairos.methods.sbhar;
  exports dev.kairos.methods.settings;
  exports dev.kairos.methods.tal;
  exports dev.kairos.methods.training;
  exports dev.kairos.methods.tuning;

  uses dev.kairos.methods.data.FeatureFormat;
  uses dev.kairos.methods.training.Method;
}
