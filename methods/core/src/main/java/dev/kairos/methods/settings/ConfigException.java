// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.settings;

import dev.kairos.kernels.KairosException;
import org.jspecify.annotations.Nullable;

/**
 * Thrown for settings that are unknown, not allowed or not readable.
 *
 * <p>{@code KCONF-001} unknown key, {@code KCONF-002} wrong type, {@code KCONF-003} value not
 * allowed, {@code KCONF-004} not TOML, {@code KCONF-005} an override that is not {@code key=value},
 * {@code KCONF-006} unknown method or preset, {@code KCONF-007} a resumed run with other settings,
 * {@code KCONF-008} settings that do not go together, {@code KCONF-010} a space of settings that
 * cannot be searched.
 */
public final class ConfigException extends KairosException {
  private static final long serialVersionUID = 1L;

  /**
   * A configuration error.
   *
   * @param code one of those listed above
   * @param message what is wrong, in one line
   * @param hint what to do about it, or null
   */
  public ConfigException(String code, String message, @Nullable String hint) {
    super(code, message, hint, null);
  }
}
