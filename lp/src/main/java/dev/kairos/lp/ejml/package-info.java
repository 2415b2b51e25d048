// SPDX-License-Identifier: Apache-2.0
/** Linear programs whose matrix is a sparse one of EJML. Knows {@code dev.kairos.lp} alone. */
package dev.kairos.lp.ejml;
