// SPDX-License-Identifier: Apache-2.0
/**
 * Hosts: methods whose networks can be trained on labels of snippets beside their own losses. A
 * {@link dev.kairos.methods.host.HostModel} scores the snippets of a batch while it trains ({@link
 * dev.kairos.methods.host.HostTask}) and finds the instances that labels are made of ({@link
 * dev.kairos.methods.host.InstanceSource}); who makes labels knows nothing else of it.
 */
package dev.kairos.methods.host;
