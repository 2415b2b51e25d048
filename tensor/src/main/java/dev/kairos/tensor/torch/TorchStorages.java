// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor.torch;

import dev.kairos.tensor.io.DataFormatException;
import dev.kairos.tensor.io.NpyArray;
import dev.kairos.tensor.pickle.PickleTensor;
import dev.kairos.tensor.pickle.PickleValue.Storage;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Path;

/** Where the elements of tensors lie. Of a storage only the stretch that a tensor spans is read. */
abstract class TorchStorages {
  private final Path file;
  private final ByteOrder order;

  TorchStorages(Path file, ByteOrder order) {
    this.file = file;
    this.order = order;
  }

  /** Some bytes of a storage; that it has them has been checked. */
  abstract byte[] bytes(Storage storage, long from, int count) throws IOException;

  NpyArray read(PickleTensor tensor) throws IOException {
    int[] shape = tensor.shape();
    long[] strides = tensor.strides();
    long span = 1;
    for (int axis = 0; axis < shape.length; axis++) {
      span = shape[axis] == 0 || span == 0 ? 0 : span + strides[axis] * (shape[axis] - 1L);
    }
    Storage storage = tensor.storage();
    int width = storage.type().bytes();
    if (span * width > Integer.MAX_VALUE - 8) {
      throw DataFormatException.of(
          "KFMT-015", file, "has a tensor of " + span * width + " bytes, expected less than 2 GB");
    }
    byte[] bytes = bytes(storage, tensor.offset() * width, (int) span * width);
    NpyArray flat = NpyArray.ofRaw(storage.type(), order, bytes, (int) span);
    return flat.view(0, shape, strides);
  }

  DataFormatException wrongSize(Storage storage, long bytes) {
    return DataFormatException.of(
        "KFMT-015",
        file,
        "has %d bytes for storage '%s', expected %d for %d elements of %s"
            .formatted(
                bytes,
                shown(storage.key()),
                storage.elements() * storage.type().bytes(),
                storage.elements(),
                storage.type()),
        "copy or save the file again");
  }

  static String shown(String key) {
    String plain = key.replaceAll("\\p{Cntrl}", "?");
    return plain.length() > 40 ? plain.substring(0, 40) + ".." : plain;
  }
}
