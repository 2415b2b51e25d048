// SPDX-License-Identifier: Apache-2.0
/**
 * Hadoop's file systems as those of {@code java.nio.file}, so that what reads and writes local
 * files does the same on HDFS or S3: begin at {@link dev.kairos.spark.files.Places}.
 */
@NullMarked
package dev.kairos.spark.files;

import org.jspecify.annotations.NullMarked;
