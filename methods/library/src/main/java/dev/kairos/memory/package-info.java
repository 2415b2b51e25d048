// SPDX-License-Identifier: Apache-2.0
/**
 * Files in memory, for runs that no disk keeps: as much of {@link java.nio.file} as a run folder
 * uses. Known to nobody outside this room.
 */
package dev.kairos.memory;
