// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor.pickle;

import dev.kairos.tensor.io.Npy;
import dev.kairos.tensor.io.NpyArray;
import dev.kairos.tensor.pickle.PickleValue.Bool;
import dev.kairos.tensor.pickle.PickleValue.Int;
import dev.kairos.tensor.pickle.PickleValue.None;
import dev.kairos.tensor.pickle.PickleValue.Real;
import dev.kairos.tensor.pickle.PickleValue.Text;
import java.io.IOException;
import java.util.List;

/** How NumPy writes arrays, their types and single elements into a pickle. */
final class NumpyCalls {
  /** A Java text takes about so much beside its characters. */
  private static final int TEXT_BYTES = 48;

  private static final int MAX_RANK = 64;

  private NumpyCalls() {}

  /** {@code dtype('f4', align, copy)}. */
  static PickleValue type(PickleInput in, Arguments arguments) {
    return new NumpyType(arguments.text(0));
  }

  /** {@code (version, byte order, subtype, names, fields, width, ..)}. */
  static void complete(PickleInput in, NumpyType type, PickleValue state) {
    Arguments parts = state(in, "numpy.dtype", state);
    String order = parts.text(1);
    if (!order.equals("<") && !order.equals(">") && !order.equals("|") && !order.equals("=")) {
      throw in.broken("the byte order " + PickleInput.quote(order));
    }
    for (int place = 2; place < 5; place++) {
      if (parts.get(place) != None.NONE) {
        throw in.error(
            "KFMT-003", "holds records of several fields (a structured dtype), expected one type");
      }
    }
    type.setOrder(order);
  }

  /** {@code _reconstruct(ndarray, (0,), b'b')}: an array whose content follows. */
  static PickleValue blank(PickleInput in, Arguments arguments) {
    if (!(arguments.get(0) instanceof PickleValue.Symbol kind)
        || !kind.name().equals("numpy.ndarray")) {
      throw in.refused("makes an array of " + arguments.get(0).describe());
    }
    return new PickleArray();
  }

  /** {@code (version, shape, type, in Fortran order, content)}; very old ones have no version. */
  static void fill(PickleInput in, PickleArray array, PickleValue state) throws IOException {
    Arguments parts = state(in, "an array", state);
    int first = parts.size() == 4 ? 0 : 1;
    int[] shape = parts.shape(first);
    NumpyType type = type(parts, first + 1);
    boolean fortran = parts.truth(first + 2);
    if (Npy.isObject(type.descr())) {
      array.set(shape, objects(in, parts.items(first + 3).items(), shape));
    } else {
      array.set(decode(in, type, fortran, parts.bytes(first + 3), shape));
    }
  }

  /** {@code _frombuffer(bytes, type, shape, 'C' or 'F')}. */
  static PickleValue fromBuffer(PickleInput in, Arguments arguments) throws IOException {
    boolean fortran = arguments.text(3).equals("F");
    NumpyType type = type(arguments, 1);
    return new PickleArray(decode(in, type, fortran, arguments.bytes(0), arguments.shape(2)));
  }

  /** {@code scalar(type, bytes)}: a number of NumPy as one of ours. */
  static PickleValue scalar(PickleInput in, Arguments arguments) throws IOException {
    NumpyType type = type(arguments, 0);
    if (Npy.isObject(type.descr())) {
      return arguments.get(1);
    }
    NpyArray one = decode(in, type, false, arguments.bytes(1));
    return switch (one.type()) {
      case BOOL -> new Bool(one.toInts()[0] != 0);
      case STRING -> new Text(one.toStrings()[0]);
      case F16, BF16, F32, F64 -> new Real(one.toDoubles()[0]);
      case U64 -> one.toDoubles()[0] < 0x1p63 ? new Int(one.toLongs()[0]) : big(in);
      default -> new Int(one.toLongs()[0]);
    };
  }

  private static PickleValue big(PickleInput in) {
    throw in.error("KFMT-003", "holds an unsigned number of 64 bits beyond the signed ones");
  }

  private static NumpyType type(Arguments arguments, int place) {
    if (arguments.get(place) instanceof NumpyType type) {
      return type;
    }
    throw arguments.wrong(place, "a type of NumPy");
  }

  private static Arguments state(PickleInput in, String name, PickleValue state) {
    if (state instanceof PickleItems parts) {
      return new Arguments(in, name, parts.items());
    }
    throw in.refused("sets the state of " + name + " to " + state.describe());
  }

  private static NpyArray decode(
      PickleInput in, NumpyType type, boolean fortran, byte[] bytes, int... shape)
      throws IOException {
    in.take(2L * bytes.length);
    in.take(texts(type, shape) * TEXT_BYTES);
    return Npy.decode(in.file(), type.descr(), fortran, bytes, shape);
  }

  /** How many texts there would be, which the file need not spend a byte on. */
  private static long texts(NumpyType type, int... shape) {
    if (!type.descr().matches("[<>=|]?[SU].*")) {
      return 0;
    }
    long texts = 1;
    for (int length : shape) {
      texts = Math.min(Integer.MAX_VALUE, texts * length);
    }
    return texts;
  }

  /** Objects come in C order whatever the order of the array. */
  private static List<PickleValue> objects(PickleInput in, List<PickleValue> items, int[] shape) {
    if (shape.length > MAX_RANK) {
      throw in.broken("an array with " + shape.length + " axes");
    }
    long size = 1;
    for (int length : shape) {
      size = Math.min(Integer.MAX_VALUE, size * length);
    }
    if (size != items.size()) {
      throw in.broken(items.size() + " objects for an array of " + size);
    }
    in.take((long) Long.BYTES * items.size());
    return List.copyOf(items);
  }
}
