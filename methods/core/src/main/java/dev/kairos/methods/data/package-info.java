// SPDX-License-Identifier: Apache-2.0
/**
 * Data sets on disk: what a data folder says, holds and lacks, and how one is made.
 *
 * <p>A data folder holds {@code dataset.toml}, {@code annotations.json}, {@code
 * features/<stream>/<id>.npy} and perhaps {@code points.csv}. Begin with {@link
 * dev.kairos.methods.data.Dataset}; {@link dev.kairos.methods.data.DatasetCheck} lists everything
 * that is wrong with a folder, {@link dev.kairos.methods.data.DatasetWriter} makes one, and {@link
 * dev.kairos.methods.generate.ThumosLikeGenerator}, {@link dev.kairos.methods.sbhar.SbharConverter}
 * and {@link dev.kairos.methods.salads.SaladsConverter} are sources for it.
 *
 * <p>{@link dev.kairos.methods.data.SnippetSampling} makes recordings of any length equally long.
 *
 * <p>Features come in files of many kinds: {@link dev.kairos.methods.data.FeatureFormat} is the
 * seam, {@link dev.kairos.methods.data.FeatureFormats} knows all that are there, and {@link
 * dev.kairos.methods.data.FeatureLayout} says how an array becomes {@code [T, D]}.
 *
 * <p>Failures of this package, by code:
 *
 * <ul>
 *   <li>{@code KFMT-017} no format of features has such an ending
 *   <li>{@code KFMT-018} a file with no array of features, or several that could be meant
 *   <li>{@code KFMT-019} a text that is no table of numbers
 *   <li>{@code KDATA-101} a file of the data folder is missing, unreadable as text, or a folder
 *   <li>{@code KDATA-102} {@code dataset.toml}: not TOML, a value is missing or wrong
 *   <li>{@code KDATA-103} {@code dataset.toml}: unknown key
 *   <li>{@code KDATA-111} {@code annotations.json}: not JSON, or not the expected structure
 *   <li>{@code KDATA-112} {@code annotations.json}: a segment or duration that cannot be
 *   <li>{@code KDATA-113} {@code annotations.json}: an id or key given twice
 *   <li>{@code KDATA-114} a label that is not in the class list
 *   <li>{@code KDATA-115} a recording's id that cannot be a file name
 *   <li>{@code KDATA-116} no recording at all, or none in the subset asked for
 *   <li>{@code KDATA-121} {@code points.csv}: header or line not as expected
 *   <li>{@code KDATA-122} {@code points.csv}: unknown recording or class
 *   <li>{@code KDATA-131} a feature file is missing
 *   <li>{@code KDATA-132} a feature file has the wrong shape or type
 *   <li>{@code KDATA-133} a feature file holds NaN or infinity
 *   <li>{@code KDATA-134} the streams of a recording differ in length
 *   <li>{@code KDATA-135} a feature file that belongs to nothing
 *   <li>{@code KDATA-136} features, annotations and durations that do not fit each other
 *   <li>{@code KDATA-141} the folder to write is already in use
 *   <li>{@code KDATA-142} the points of the folder are being edited by another process
 *   <li>{@code KDATA-151} a raw file of the recordings to convert is missing or not as expected
 * </ul>
 */
package dev.kairos.methods.data;
