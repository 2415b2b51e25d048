// SPDX-License-Identifier: Apache-2.0
/** The gradient check, public because users compose operations of their own. */
package dev.kairos.autograd.check;
