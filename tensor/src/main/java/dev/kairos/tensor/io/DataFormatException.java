// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor.io;

import dev.kairos.kernels.KairosException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Thrown for a file whose content is not in the expected format. The message names the file, the
 * place in it, what was found and what was expected, in one line.
 */
public final class DataFormatException extends KairosException {
  private static final long serialVersionUID = 1L;

  private DataFormatException(
      String code, String message, @Nullable String hint, @Nullable Throwable cause) {
    super(code, message, hint, cause);
  }

  /**
   * A file that breaks its format.
   *
   * @param code {@code KFMT-nnn} for a file format, {@code KDATA-nnn} for a data set
   * @param file the file as the user knows it
   * @param problem what was found and what was expected, without the file's name
   */
  public static DataFormatException of(String code, Path file, String problem) {
    return new DataFormatException(code, file + ": " + problem, null, null);
  }

  /** The same with advice: what the user can do about it. */
  public static DataFormatException of(String code, Path file, String problem, String hint) {
    return new DataFormatException(code, file + ": " + problem, hint, null);
  }

  /** The same with the failure that revealed it. */
  public static DataFormatException of(String code, Path file, String problem, Throwable cause) {
    return new DataFormatException(code, file + ": " + problem, null, cause);
  }
}
