// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.opencl;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * One open device: its memory, its programs, and what it is told to run. The seam between {@link
 * OpenClBackend} and a driver. Calls take effect in the order in which they are made; used by one
 * thread at a time.
 */
public interface Device extends AutoCloseable {
  /** What it is. */
  DeviceInfo info();

  /**
   * Memory with any content.
   *
   * @throws OpenClException if there is not enough
   */
  DeviceMemory allocate(long bytes);

  /** Gives memory back, once what was launched before is done with it. */
  void release(DeviceMemory memory);

  /**
   * A buffer for copies in and out that the driver reaches without a copy of its own, in the order
   * of this machine's bytes. What was written into it may be overwritten when a copy has returned.
   */
  ByteBuffer staging();

  /**
   * Copies in.
   *
   * @param offset where in the memory, in bytes
   * @param bytes how many, from the start of {@link #staging}
   */
  void write(DeviceMemory target, long offset, int bytes);

  /**
   * Copies out to the start of {@link #staging}, and waits.
   *
   * @param offset where in the memory, in bytes
   */
  void read(DeviceMemory source, long offset, int bytes);

  /**
   * Compiles kernels.
   *
   * @param kernels the names of those in the text
   * @throws OpenClException if they do not compile, with what the compiler says
   */
  void compile(String text, String options, List<String> kernels);

  /**
   * Runs a kernel that was compiled before.
   *
   * @param arguments memory, {@link Integer}, {@link Float}, or an {@code int[]} for a structure of
   *     whole numbers
   */
  void launch(String kernel, WorkRange range, Object... arguments);

  /** Waits until all is done. */
  void finish();

  /** Frees everything. */
  @Override
  void close();
}
