// SPDX-License-Identifier: Apache-2.0
/**
 * What every backend must do, written once. {@link dev.kairos.kernels.contract.BackendContract} is
 * the class to extend: a backend's test says how it is opened, and inherits all parts.
 */
@NullMarked
package dev.kairos.kernels.contract;

import org.jspecify.annotations.NullMarked;
