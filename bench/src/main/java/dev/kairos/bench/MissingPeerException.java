// SPDX-License-Identifier: Apache-2.0
package dev.kairos.bench;

/** A library is not on the class path, or not usable on this machine. */
public final class MissingPeerException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** What is missing, in one sentence. */
  public MissingPeerException(String peer, String reason) {
    super(peer + " is left out: " + reason);
  }
}
