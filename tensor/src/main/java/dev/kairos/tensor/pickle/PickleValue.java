// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor.pickle;

import dev.kairos.tensor.io.ElementType;
import java.math.BigInteger;

/** Everything that a pickle can hold here. Values cannot be changed once a pickle has been read. */
public sealed interface PickleValue
    permits PickleValue.None,
        PickleValue.Bool,
        PickleValue.Int,
        PickleValue.BigInt,
        PickleValue.Real,
        PickleValue.Text,
        PickleValue.Symbol,
        PickleValue.Storage,
        PickleBytes,
        PickleItems,
        PickleDict,
        PickleArray,
        PickleTensor,
        NumpyType {
  /** What it is, for messages: {@code a list of 3}. */
  String describe();

  /** Python's {@code None}. */
  enum None implements PickleValue {
    /** The only one. */
    NONE;

    @Override
    public String describe() {
      return "None";
    }
  }

  /** True or false. */
  record Bool(boolean value) implements PickleValue {
    @Override
    public String describe() {
      return "a bool";
    }
  }

  /** An integer that fits 64 bits; also of a NumPy scalar. */
  record Int(long value) implements PickleValue {
    @Override
    public String describe() {
      return "an integer";
    }
  }

  /** An integer that does not. */
  record BigInt(BigInteger value) implements PickleValue {
    @Override
    public String describe() {
      return "an integer";
    }
  }

  /** A floating-point number; also of a NumPy scalar. */
  record Real(double value) implements PickleValue {
    @Override
    public String describe() {
      return "a number";
    }
  }

  /** A text, also one of Python 2 if it is ASCII. */
  record Text(String value) implements PickleValue {
    @Override
    public String describe() {
      return "a text";
    }
  }

  /**
   * A name of the list that stands for itself, such as {@code torch.float32}.
   *
   * @param name module and name
   */
  record Symbol(String name) implements PickleValue {
    @Override
    public String describe() {
      return name;
    }
  }

  /**
   * Elements of PyTorch that lie elsewhere in the file.
   *
   * @param type what an element is
   * @param key their name in the file
   * @param device where they were, for example {@code cpu} or {@code cuda:0}
   * @param elements how many
   */
  record Storage(ElementType type, String key, String device, long elements)
      implements PickleValue {
    @Override
    public String describe() {
      return "a storage of " + elements + " " + type;
    }
  }
}
