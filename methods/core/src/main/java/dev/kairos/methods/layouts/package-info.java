// SPDX-License-Identifier: Apache-2.0
/**
 * Data sets as other code lays them out, read into the data folders of {@link
 * dev.kairos.methods.data}. A {@link dev.kairos.methods.layouts.Layout} looks through a folder:
 * {@code FeatureSearch} finds files by the ids of recordings, {@code TimeGuess} tells how rows lie
 * in time, {@code PointSearch} and {@code ClassList} the rest; every assumption is a sentence.
 */
package dev.kairos.methods.layouts;
