// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor.pickle;

import static java.util.Map.entry;

import dev.kairos.tensor.io.ElementType;
import dev.kairos.tensor.pickle.PickleValue.Int;
import dev.kairos.tensor.pickle.PickleValue.None;
import dev.kairos.tensor.pickle.PickleValue.Storage;
import dev.kairos.tensor.pickle.PickleValue.Symbol;
import dev.kairos.tensor.pickle.PickleValue.Text;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How PyTorch writes tensors into a pickle: what they are, and where their elements lie. */
final class TorchCalls {
  /** Repeats of elements that views may make without having them: as many as a small bias. */
  private static final long MOST_REPEATED = 1 << 20;

  private static final long MOST_ELEMENTS = 1L << 40;
  private static final int MAX_RANK = 64;

  private static final Map<String, ElementType> STORAGES =
      Map.ofEntries(
          entry("torch.HalfStorage", ElementType.F16),
          entry("torch.BFloat16Storage", ElementType.BF16),
          entry("torch.FloatStorage", ElementType.F32),
          entry("torch.DoubleStorage", ElementType.F64),
          entry("torch.CharStorage", ElementType.I8),
          entry("torch.ByteStorage", ElementType.U8),
          entry("torch.ShortStorage", ElementType.I16),
          entry("torch.IntStorage", ElementType.I32),
          entry("torch.LongStorage", ElementType.I64),
          entry("torch.BoolStorage", ElementType.BOOL));

  /** Names of element types and the like, as checkpoints keep them beside weights. */
  private static final Set<String> TYPES =
      Set.of(
          "torch.float16",
          "torch.bfloat16",
          "torch.float32",
          "torch.float64",
          "torch.uint8",
          "torch.int8",
          "torch.int16",
          "torch.int32",
          "torch.int64",
          "torch.bool",
          "torch.strided",
          "torch.contiguous_format");

  private TorchCalls() {}

  static boolean isSymbol(String name) {
    return STORAGES.containsKey(name) || TYPES.contains(name);
  }

  static PickleValue device(PickleInput in, Arguments arguments) {
    return new Text(arguments.text(0));
  }

  /** {@code ('storage', kind, key, device, elements)}, with a view after it in the oldest files. */
  static PickleValue storage(PickleInput in, PickleValue reference) {
    if (!(reference instanceof PickleItems tuple)) {
      throw in.broken("a reference to " + reference.describe());
    }
    Arguments parts = new Arguments(in, "a storage", tuple.items());
    ElementType type =
        parts.size() >= 5 && parts.get(1) instanceof Symbol kind ? STORAGES.get(kind.name()) : null;
    if (type == null || !parts.text(0).equals("storage") || parts.number(4) < 0) {
      throw in.broken("a reference that is no storage of numbers");
    }
    if (parts.size() > 5 && parts.get(5) != None.NONE) {
      throw in.refused("has a storage within another one, as PyTorch before 0.4 wrote,");
    }
    if (parts.number(4) > MOST_ELEMENTS) {
      throw in.broken("a storage of " + parts.number(4) + " elements");
    }
    String key = parts.get(2) instanceof Int n ? Long.toString(n.value()) : parts.text(2);
    return new Storage(type, key, parts.text(3), parts.number(4));
  }

  /** {@code _rebuild_tensor_v2(storage, offset, shape, strides, ..)}. */
  static PickleValue tensor(PickleInput in, Arguments arguments) {
    if (!(arguments.get(0) instanceof Storage storage)) {
      throw arguments.wrong(0, "a storage");
    }
    if (arguments.size() > 6 && arguments.get(6) instanceof PickleDict bits && bits.size() > 0) {
      throw in.refused("has a tensor that is a negative or conjugate view,");
    }
    long offset = arguments.number(1);
    int[] shape = arguments.shape(2);
    List<PickleValue> steps = arguments.items(3).items();
    if (shape.length != steps.size() || shape.length > MAX_RANK) {
      throw in.broken(shape.length + " axes and " + steps.size() + " strides of a tensor");
    }
    long size = 1;
    for (int length : shape) {
      size = Math.min(Integer.MAX_VALUE, size * length);
    }
    long last = offset;
    long[] strides = new long[shape.length];
    for (int axis = 0; axis < shape.length; axis++) {
      if (!(steps.get(axis) instanceof Int step)
          || step.value() < 0
          || step.value() > Integer.MAX_VALUE) {
        throw in.broken("a bad stride of a tensor");
      }
      strides[axis] = step.value();
      last += strides[axis] * Math.max(0, shape[axis] - 1L); // 64 times 2^62 at most: see below
      if (last < 0) {
        throw in.broken("a tensor beyond its storage");
      }
    }
    boolean within = size == 0 || (offset >= 0 && last < storage.elements());
    if (!within || offset < 0 || (size > storage.elements() && size > MOST_REPEATED)) {
      throw in.broken(
          "a tensor of %d elements from %d on in a storage of %d"
              .formatted(size, offset, storage.elements()));
    }
    return new PickleTensor(storage, offset, shape, strides);
  }
}
