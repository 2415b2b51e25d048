// SPDX-License-Identifier: Apache-2.0
package dev.kairos.spark.files;

import java.io.IOException;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.UnsupportedFileSystemException;

/**
 * Gives files other names: in one step where the file system can, as HDFS does. One that has no
 * such step gets two, and who is killed between them has left the temporary file.
 */
final class Renaming {
  private Renaming() {}

  static void rename(FileSystem files, Path from, Path to, boolean replace) throws IOException {
    FileContext context;
    try {
      context = FileContext.getFileContext(files.getUri(), files.getConf());
    } catch (UnsupportedFileSystemException e) {
      inTwoSteps(files, from, to, replace);
      return;
    }
    context.rename(from, to, replace ? Options.Rename.OVERWRITE : Options.Rename.NONE);
  }

  private static void inTwoSteps(FileSystem files, Path from, Path to, boolean replace)
      throws IOException {
    if (files.exists(to)) {
      if (!replace) {
        throw new org.apache.hadoop.fs.FileAlreadyExistsException(to.toString());
      }
      var unused = files.delete(to, false);
    }
    if (!files.rename(from, to)) {
      throw new IOException("could not be renamed from " + from);
    }
  }
}
