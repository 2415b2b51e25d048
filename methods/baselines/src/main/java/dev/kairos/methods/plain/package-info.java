// SPDX-License-Identifier: Apache-2.0
/**
 * The baseline that the other methods are held against: two convolutions over time with a sigmoid
 * for each class, learned from one of three kinds of labels, under one network and one way to
 * localise.
 *
 * <ul>
 *   <li>{@link dev.kairos.methods.plain.PlainConfig}: every number
 *   <li>{@link dev.kairos.methods.plain.PlainModel}: the network
 *   <li>{@link dev.kairos.methods.plain.PlainLosses}: on recordings
 *   <li>{@code SampledRecording}: the snippets that are looked at; {@link
 *       dev.kairos.methods.pseudolabel.SnippetTargets} and {@link
 *       dev.kairos.methods.pseudolabel.PointTargets}: what each should be, from segments or from
 *       points and the network's present scores, and its loss
 *   <li>{@code PlainTraining}: batches and Adam
 *   <li>{@code PlainInference}: from probabilities to detections
 * </ul>
 *
 * <p>{@code supervision = clip} learns from class names alone and {@code points} from points alone;
 * segments are read under {@code full} only. From points, it is taken that each action has one and
 * that actions do not lie inside each other: between two points only their two classes are
 * possible. Growing actions out of points and mining background beside them follows SF-Net
 * ("Single-Frame Supervision for Temporal Action Localization", ECCV 2020), with other rules for
 * how far. Unlike there, each recording keeps its own length up to {@code segments} snippets.
 */
package dev.kairos.methods.plain;
