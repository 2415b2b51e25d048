// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor.io;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.TSFBuilder;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;

/**
 * Readers and writers of JSON that keep nothing in the threads that use them. Jackson's usual ones
 * leave buffers there, and with them the class loader of a program that was to be unloaded.
 */
public final class Json {
  private Json() {}

  /** A factory with nothing set. */
  public static JsonFactory factory() {
    return builder().build();
  }

  /** A factory to be set. */
  public static TSFBuilder<? extends JsonFactory, ?> builder() {
    return JsonFactory.builder().recyclerPool(JsonRecyclerPools.nonRecyclingPool());
  }
}
