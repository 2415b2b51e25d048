// SPDX-License-Identifier: Apache-2.0
/**
 * The {@code kairos} command: arguments, messages, exit codes. Begin at {@link
 * dev.kairos.cli.Main}; each verb is a class of its own that reads its options, calls the library
 * and prints the result. Standard output belongs to results, standard error to everything else.
 */
package dev.kairos.cli;
