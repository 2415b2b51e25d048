// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor.torch;

import dev.kairos.tensor.io.DataFormatException;
import dev.kairos.tensor.pickle.PickleDict;
import dev.kairos.tensor.pickle.PickleTensor;
import dev.kairos.tensor.pickle.PickleValue;
import dev.kairos.tensor.pickle.PickleValue.Text;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The tensors of a model among all that a checkpoint holds. */
final class StateDict {
  /** Where training programs put them, the usual names first. */
  private static final List<String> PLACES =
      List.of(
          "state_dict",
          "model_state_dict",
          "model",
          "net",
          "network",
          "weights",
          "params",
          "state_dict_ema");

  private static final String PARALLEL = "module.";

  private StateDict() {}

  static Map<String, PickleValue> of(Path file, PickleValue content) {
    if (!(content instanceof PickleDict root)) {
      throw none(file, "holds " + content.describe());
    }
    Map<String, PickleValue> own = tensors(root);
    if (!own.isEmpty()) {
      return withoutPrefix(own);
    }
    for (String place : PLACES) {
      PickleValue value = root.get(place);
      if (value instanceof PickleDict dict && !tensors(dict).isEmpty()) {
        return withoutPrefix(tensors(dict));
      }
    }
    return withoutPrefix(onlyOne(file, root));
  }

  private static Map<String, PickleValue> onlyOne(Path file, PickleDict root) {
    Map<String, Map<String, PickleValue>> candidates = new LinkedHashMap<>();
    List<String> keys = new ArrayList<>();
    for (PickleDict.Entry entry : root.entries()) {
      String key = entry.key() instanceof Text text ? text.value() : entry.key().describe();
      keys.add(key);
      if (entry.value() instanceof PickleDict dict && !tensors(dict).isEmpty()) {
        candidates.put(key, tensors(dict));
      }
    }
    if (candidates.size() == 1) {
      return candidates.values().iterator().next();
    }
    if (candidates.isEmpty()) {
      throw none(
          file, "holds a dict of " + shown(keys) + ", and none of them is a dict of tensors");
    }
    throw DataFormatException.of(
        "KFMT-016",
        file,
        "holds several dicts of tensors: " + shown(List.copyOf(candidates.keySet())),
        "save the one that is meant with torch.save(model.state_dict(), file)");
  }

  private static String shown(List<String> keys) {
    String names = String.join(", ", keys.stream().limit(12).map(StateDict::oneLine).toList());
    return keys.size() > 12 ? names + " and " + (keys.size() - 12) + " more" : names;
  }

  private static String oneLine(String key) {
    String shown = key.replaceAll("\\p{Cntrl}", "?");
    return shown.length() > 60 ? shown.substring(0, 60) + ".." : shown;
  }

  private static DataFormatException none(Path file, String found) {
    return DataFormatException.of(
        "KFMT-016",
        file,
        found + ", expected the state dict of a model",
        "save it with torch.save(model.state_dict(), file)");
  }

  private static Map<String, PickleValue> tensors(PickleDict dict) {
    Map<String, PickleValue> tensors = new LinkedHashMap<>();
    for (PickleDict.Entry entry : dict.entries()) {
      if (entry.key() instanceof Text name && entry.value() instanceof PickleTensor tensor) {
        tensors.put(name.value(), tensor);
      }
    }
    return tensors;
  }

  /** Models that were trained on several devices have one around them. */
  private static Map<String, PickleValue> withoutPrefix(Map<String, PickleValue> tensors) {
    if (!tensors.keySet().stream().allMatch(name -> name.startsWith(PARALLEL))) {
      return tensors;
    }
    Map<String, PickleValue> plain = new LinkedHashMap<>();
    tensors.forEach((name, tensor) -> plain.put(name.substring(PARALLEL.length()), tensor));
    return plain;
  }
}
