// SPDX-License-Identifier: Apache-2.0
/**
 * How a model is trained: a {@link dev.kairos.methods.training.Method} makes a {@link
 * dev.kairos.methods.training.Model}, whose {@link dev.kairos.methods.training.Stage}s the {@link
 * dev.kairos.methods.training.TrainingLoop} takes to their end. Begin with {@link
 * dev.kairos.methods.training.Experiment}, which joins a method, its settings and a data set. Knows
 * no single method and no terminal.
 */
package dev.kairos.methods.training;
