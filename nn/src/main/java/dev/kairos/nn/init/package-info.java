// SPDX-License-Identifier: Apache-2.0
/** How weights begin. */
package dev.kairos.nn.init;
