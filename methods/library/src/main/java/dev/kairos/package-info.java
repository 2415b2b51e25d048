// SPDX-License-Identifier: Apache-2.0
/**
 * Kairos in a program. {@link dev.kairos.Localizer} finds actions with a trained run, for any
 * number of threads; {@link dev.kairos.Trainer} trains on recordings that the program has. Nothing
 * is printed, nothing is written but where a folder was named, and nothing is kept in static
 * fields.
 *
 * <pre>{@code
 * try (Localizer localizer = Localizer.open(Path.of("runs/first"))) {
 *   for (Detection found : localizer.localize(features)) { // float[T][D], a row per snippet
 *     System.out.println(found.label() + " from " + found.start() + " s to " + found.end() + " s");
 *   }
 * }
 * }</pre>
 *
 * <p>This package is what stays as it is from one version to the next; the packages below it may
 * change.
 *
 * @since 0.1.0
 */
package dev.kairos;
