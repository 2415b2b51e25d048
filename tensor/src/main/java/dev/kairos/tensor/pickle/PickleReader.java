// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor.pickle;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/** Pickles that follow each other in a stream, as in files of PyTorch. */
public final class PickleReader {
  private final PickleInput input;
  private final boolean storages;

  /**
   * A stream within a file.
   *
   * @param file for messages
   * @param place what precedes a problem in a message, for example {@code "entry 'x': "}; may be
   *     empty
   * @param in buffered; read no further than to the end of the pickles asked for
   * @param size how many bytes {@code in} has
   * @param storages whether values may refer to elements elsewhere in the file
   */
  public PickleReader(Path file, String place, InputStream in, long size, boolean storages) {
    this(new PickleInput(file, place, in, size, Budget.ofThisMachine()), storages);
  }

  PickleReader(PickleInput input, boolean storages) {
    this.input = input;
    this.storages = storages;
  }

  /**
   * Reads the next value.
   *
   * @throws dev.kairos.tensor.io.DataFormatException if there is none, or it is refused
   */
  public PickleValue next() throws IOException {
    PickleValue value = new PickleMachine(input, storages).run();
    Nesting.check(value, input);
    return value;
  }

  /** Bytes read so far. */
  public long position() {
    return input.position();
  }
}
