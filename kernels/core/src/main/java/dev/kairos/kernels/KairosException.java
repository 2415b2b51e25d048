// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The superclass of the exceptions that no check of arguments can rule out: a bad file, an unusable
 * device, a training that diverged. Wrong arguments are {@link IllegalArgumentException}s instead.
 *
 * <p>Every failure has a documented code such as {@code KFMT-002}: the letters say the area, and
 * the command line derives its exit code from them.
 */
public abstract class KairosException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String code;
  private final @Nullable String hint;

  /**
   * A failure with its cause.
   *
   * @param code area and number, for example {@code KDATA-014}
   * @param message one line: what was given, what was expected, and where
   * @param hint what to do about it, or null when there is nothing to advise
   * @param cause what led to it, or null
   */
  protected KairosException(
      String code, String message, @Nullable String hint, @Nullable Throwable cause) {
    super(message, cause);
    this.code = code;
    this.hint = hint;
  }

  /** Area and number of this kind of failure, for example {@code KDATA-014}. */
  public final String code() {
    return code;
  }

  /** What the user can do about it. */
  public final Optional<String> hint() {
    return Optional.ofNullable(hint);
  }
}
