// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

/**
 * Counts of the copies between a program's arrays and an engine's memory. Every read waits until
 * the device has computed what is read, so a training step should make few.
 *
 * @param writes copies in
 * @param bytesWritten bytes of them, in the engine's precision
 * @param reads copies out
 * @param bytesRead bytes of them, in the engine's precision
 */
public record Transfers(long writes, long bytesWritten, long reads, long bytesRead) {
  /** None. */
  static final Transfers NONE = new Transfers(0, 0, 0, 0);

  Transfers plusWrite(long bytes) {
    return new Transfers(writes + 1, bytesWritten + bytes, reads, bytesRead);
  }

  Transfers plusRead(long bytes) {
    return new Transfers(writes, bytesWritten, reads + 1, bytesRead + bytes);
  }

  /** What crossed since an earlier count. */
  public Transfers since(Transfers before) {
    return new Transfers(
        writes - before.writes,
        bytesWritten - before.bytesWritten,
        reads - before.reads,
        bytesRead - before.bytesRead);
  }
}
