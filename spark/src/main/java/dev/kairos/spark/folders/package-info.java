// SPDX-License-Identifier: Apache-2.0
/**
 * A verb of the command for each file of a folder: begin at {@link
 * dev.kairos.spark.folders.FolderCommand}.
 */
@NullMarked
package dev.kairos.spark.folders;

import org.jspecify.annotations.NullMarked;
