// SPDX-License-Identifier: Apache-2.0
/**
 * What a run is configured with: {@link dev.kairos.methods.settings.Settings} is the typed view
 * over presets, files and the command line, {@link dev.kairos.methods.settings.ProposalSettings}
 * the settings that methods share. Mistakes are {@link
 * dev.kairos.methods.settings.ConfigException}s.
 */
package dev.kairos.methods.settings;
