// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor.pickle;

import static java.util.Map.entry;

import dev.kairos.tensor.pickle.PickleItems.Kind;
import dev.kairos.tensor.pickle.PickleValue.None;
import dev.kairos.tensor.pickle.PickleValue.Symbol;
import dev.kairos.tensor.pickle.PickleValue.Text;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * All names that a pickle may ask for, and what calling them gives. Nothing here reaches the
 * classes of Java: a name is a key of a table, and what it makes is a {@link PickleValue}.
 */
final class Whitelist {
  /** What calling a name gives. */
  @FunctionalInterface
  private interface Call {
    PickleValue of(PickleInput in, Arguments arguments) throws IOException;
  }

  private static final Map<String, Call> CALLS =
      Map.ofEntries(
          entry("argparse.Namespace", (in, a) -> new PickleDict(true)),
          entry("builtins.bytearray", Whitelist::bytes),
          entry("builtins.bytes", Whitelist::bytes),
          entry("builtins.dict", Whitelist::dict),
          entry("builtins.frozenset", (in, a) -> items(a, Kind.SET)),
          entry("builtins.list", (in, a) -> items(a, Kind.LIST)),
          entry("builtins.set", (in, a) -> items(a, Kind.SET)),
          entry("builtins.tuple", (in, a) -> items(a, Kind.TUPLE)),
          entry("collections.OrderedDict", Whitelist::dict),
          entry("collections.defaultdict", (in, a) -> new PickleDict(true)),
          entry("_codecs.encode", Whitelist::bytes),
          entry("numpy.dtype", NumpyCalls::type),
          entry("numpy.core.multiarray._reconstruct", NumpyCalls::blank),
          entry("numpy.core.multiarray.scalar", NumpyCalls::scalar),
          entry("numpy.core.numeric._frombuffer", NumpyCalls::fromBuffer),
          entry("torch.Size", (in, a) -> items(a, Kind.TUPLE)),
          entry("torch.device", TorchCalls::device),
          entry("torch._utils._rebuild_tensor", TorchCalls::tensor),
          entry("torch._utils._rebuild_tensor_v2", TorchCalls::tensor),
          entry("torch._utils._rebuild_parameter", (in, a) -> a.get(0)),
          entry("torch._utils._rebuild_parameter_with_state", (in, a) -> a.get(0)));

  /** Names that stand for themselves: types, which other calls take. */
  private static final Set<String> SYMBOLS =
      Set.of("builtins.int", "builtins.float", "builtins.str", "builtins.bool", "numpy.ndarray");

  private Whitelist() {}

  /** A name, under the one spelling that the lists have. */
  static Symbol symbol(PickleInput in, String module, String name) {
    String home =
        switch (module) {
          case "__builtin__" -> "builtins";
          case "numpy._core.multiarray" -> "numpy.core.multiarray";
          case "numpy._core.numeric" -> "numpy.core.numeric";
          case "torch.cuda" -> "torch"; // storages of a GPU
          default -> module;
        };
    String whole = home + "." + name;
    if (CALLS.containsKey(whole) || SYMBOLS.contains(whole) || TorchCalls.isSymbol(whole)) {
      return new Symbol(whole);
    }
    throw in.refused(
        "asks for "
            + PickleInput.quote(module + "." + name)
            + ", which is not among the names that a file of numbers needs,");
  }

  static PickleValue call(PickleInput in, Symbol name, PickleItems arguments) throws IOException {
    Call call = CALLS.get(name.name());
    if (call == null) {
      throw in.refused("calls " + name.name());
    }
    return call.of(in, new Arguments(in, name.name(), arguments.items()));
  }

  /** Gives a value that was called for the rest of what it is. */
  static void build(PickleInput in, PickleValue value, PickleValue state) throws IOException {
    if (value instanceof PickleArray array) {
      NumpyCalls.fill(in, array, state);
    } else if (value instanceof NumpyType type) {
      NumpyCalls.complete(in, type, state);
    } else if (value instanceof PickleDict dict && dict.isNamed()) {
      attributes(in, dict, state);
    } else {
      throw in.refused("sets the state of " + value.describe());
    }
  }

  /** A state dict carries the versions of its modules, a namespace has nothing else. */
  private static void attributes(PickleInput in, PickleDict dict, PickleValue state) {
    if (!(state instanceof PickleDict all)) {
      if (state != None.NONE) {
        throw in.refused("sets the state of a dict to " + state.describe());
      }
      return;
    }
    for (PickleDict.Entry attribute : all.entries()) {
      if (!(attribute.key() instanceof Text name)) {
        throw in.refused("sets an attribute by " + attribute.key().describe());
      }
      if (!name.value().startsWith("_")) {
        dict.put(name, attribute.value());
      }
    }
  }

  private static PickleItems items(Arguments arguments, Kind kind) {
    if (arguments.size() == 0) {
      return PickleItems.empty(kind);
    }
    return new PickleItems(kind, new ArrayList<>(arguments.items(0).items()));
  }

  /** Empty, or made of pairs as Python 2 wrote it. */
  private static PickleValue dict(PickleInput in, Arguments arguments) {
    PickleDict dict = new PickleDict(true);
    if (arguments.size() > 0) {
      for (PickleValue pair : arguments.items(0).items()) {
        if (!(pair instanceof PickleItems two) || two.items().size() != 2) {
          throw in.broken("a dict made of " + pair.describe());
        }
        dict.put(two.items().get(0), two.items().get(1));
      }
    }
    return dict;
  }

  /** Bytes from bytes, or from the text that stands for them where a protocol has no bytes. */
  private static PickleValue bytes(PickleInput in, Arguments arguments) {
    if (arguments.size() == 0) {
      return new PickleBytes(new byte[0]);
    }
    PickleValue content = arguments.get(0);
    if (content instanceof PickleItems list) {
      return new PickleBytes(octets(in, list.items()));
    }
    String encoding = arguments.size() > 1 ? arguments.text(1) : "latin1";
    String plain = encoding.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    if (!plain.equals("latin1") && !plain.equals("utf8") && !plain.equals("ascii")) {
      throw in.refused("asks for the encoding " + PickleInput.quote(encoding));
    }
    Charset charset = plain.equals("utf8") ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1;
    if (content instanceof Text text && charset.newEncoder().canEncode(text.value())) {
      in.take(2L * text.value().length());
      return new PickleBytes(text.value().getBytes(charset));
    }
    return new PickleBytes(arguments.bytes(0));
  }

  private static byte[] octets(PickleInput in, List<PickleValue> numbers) {
    in.take(numbers.size());
    byte[] octets = new byte[numbers.size()];
    for (int i = 0; i < octets.length; i++) {
      if (!(numbers.get(i) instanceof PickleValue.Int n) || n.value() < 0 || n.value() > 255) {
        throw in.broken("bytes made of " + numbers.get(i).describe());
      }
      octets[i] = (byte) n.value();
    }
    return octets;
  }
}
