// SPDX-License-Identifier: Apache-2.0
/** From points to pseudo actions and background, by clusters that must be stretches of time. */
package dev.kairos.methods.apn.medoids;
