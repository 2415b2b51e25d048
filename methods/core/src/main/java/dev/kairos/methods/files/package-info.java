// SPDX-License-Identifier: Apache-2.0
/**
 * Reading files that people wrote, and the words of messages about them: {@link
 * dev.kairos.methods.files.UserFile} opens one safely, {@link dev.kairos.methods.files.Toml} parses
 * TOML and knows the line of every key, {@link dev.kairos.methods.files.Shown} makes foreign text
 * fit to print. Knows no other package of methods.
 */
package dev.kairos.methods.files;
