// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.apn.text;

import dev.kairos.methods.files.Shown;
import dev.kairos.tensor.io.DataFormatException;
import dev.kairos.tensor.io.ElementType;
import dev.kairos.tensor.io.NpyArray;
import dev.kairos.tensor.io.Safetensors;
import dev.kairos.tensor.io.SafetensorsHeader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads CLIP's text tower out of a safetensors file: first all shapes, which the header has, and
 * then the numbers. Errors are those of {@link ClipTextWeights#read}.
 */
final class ClipTextReader {
  private final Path file;
  private final SafetensorsHeader header;
  private final ClipTextNames names;

  /** Shapes by the names of the file. */
  private final Map<String, int[]> expected = new TreeMap<>();

  private ClipTextReader(Path file, SafetensorsHeader header) {
    this.file = file;
    this.header = header;
    if (header.tensors().containsKey(ClipTextNames.OPENAI.tokens())) {
      this.names = ClipTextNames.OPENAI;
    } else if (header.tensors().containsKey(ClipTextNames.HUGGING_FACE.tokens())) {
      this.names = ClipTextNames.HUGGING_FACE;
    } else {
      throw DataFormatException.of(
          "KFMT-401",
          file,
          ("holds no text tower of CLIP: neither " + ClipTextNames.OPENAI.tokens() + " nor ")
              + (ClipTextNames.HUGGING_FACE.tokens() + " among its " + header.tensors().size())
              + " tensors",
          "name the file of a whole CLIP model or of its text model with projection");
    }
  }

  /** Opens a file and finds out how it names its tensors. */
  static ClipTextReader open(Path file) throws IOException {
    return new ClipTextReader(file, Safetensors.readHeader(file));
  }

  ClipTextWeights read() throws IOException {
    int[] table = matrix(names.tokens(), "vocabulary, width");
    int width = table[1];
    int context = matrix(names.positions(), "context, width")[0];
    int[] projection = matrix(names.projection(), names.isOpenAi() ? "width, E" : "E, width");
    int output = projection[names.isOpenAi() ? 1 : 0];
    int layers = names.layers(header.tensors().keySet());
    if (layers == 0) {
      throw missing(names.layer() + "0.*");
    }
    expected.put(names.tokens(), table);
    expected.put(names.positions(), new int[] {context, width});
    expected.put(
        names.projection(),
        names.isOpenAi() ? new int[] {width, output} : new int[] {output, width});
    expect(names.norm(), width);
    for (int l = 0; l < layers; l++) {
      expectLayer(l, width);
    }
    expected.forEach(this::check);
    Map<String, NpyArray> found = Safetensors.read(file, expected.keySet()::contains).tensors();
    found.forEach(this::requireFinite);
    return new ClipTextWeights(
        file, get(found, names.tokens()), renamed(found, layers), context, layers);
  }

  /** The shape of a tensor that says a size, each above 0. */
  private int[] matrix(String name, String axes) {
    SafetensorsHeader.Entry entry = header.tensors().get(name);
    if (entry == null) {
      throw missing(name);
    }
    List<Integer> shape = entry.shape();
    if (shape.size() != 2 || shape.contains(0)) {
      throw misshapen(name, "[" + axes + "]", shape);
    }
    return new int[] {shape.get(0), shape.get(1)};
  }

  private void expectLayer(int l, int width) {
    names
        .inLayer()
        .forEach(
            (own, theirs) -> {
              String name = name(l, theirs);
              switch (own) {
                case "ln_1", "ln_2" -> expect(name, width);
                case "mlp.c_fc" -> expect(name, 4 * width, width);
                case "mlp.c_proj" -> expect(name, width, 4 * width);
                default -> expect(name, width, width);
              }
            });
    if (names.isOpenAi()) {
      expected.put(name(l, ClipTextNames.IN_PROJECTION + "_weight"), new int[] {3 * width, width});
      expected.put(name(l, ClipTextNames.IN_PROJECTION + "_bias"), new int[] {3 * width});
    } else {
      for (String part : List.of("q", "k", "v")) {
        expect(name(l, "self_attn." + part + "_proj"), width, width);
      }
    }
  }

  private String name(int layer, String rest) {
    return names.layer() + layer + "." + rest;
  }

  /** A weight of that shape, and a bias as long as its first axis. */
  private void expect(String name, int... shape) {
    expected.put(name + ".weight", shape);
    expected.put(name + ".bias", new int[] {shape[0]});
  }

  private void check(String name, int[] shape) {
    SafetensorsHeader.Entry entry = header.tensors().get(name);
    if (entry == null) {
      throw missing(name);
    }
    if (!entry.shape().equals(Arrays.stream(shape).boxed().toList())) {
      throw misshapen(name, Arrays.toString(shape), entry.shape());
    }
    ElementType type = entry.type();
    if (type != ElementType.F32 && type != ElementType.F16 && type != ElementType.BF16) {
      throw DataFormatException.of(
          "KFMT-404",
          file,
          "tensor " + name + " is of " + Shown.of(entry.dtype()) + ", expected F32, F16 or BF16",
          "convert it where it was written, for example to F32");
    }
  }

  /** What is hidden from a token by weight 0 would come through: 0 times infinity is NaN. */
  private void requireFinite(String name, NpyArray array) {
    float[] row = new float[array.rank() == 0 ? 1 : array.dim(-1)];
    for (int at = 0; at < array.size(); at += row.length) {
      array.copyFloats(at, row.length, row, 0);
      for (int i = 0; i < row.length; i++) {
        if (!Float.isFinite(row[i])) {
          throw DataFormatException.of(
              "KFMT-405",
              file,
              "tensor " + name + ": element " + (at + i) + " is " + row[i],
              "the file is damaged, or was written by a training that failed");
        }
      }
    }
  }

  private Map<String, NpyArray> renamed(Map<String, NpyArray> found, int layers) {
    Map<String, NpyArray> own = new LinkedHashMap<>();
    own.put(ClipTextEncoder.POSITIONS, get(found, names.positions()));
    for (int l = 0; l < layers; l++) {
      String block = ClipTextEncoder.block(l) + ".";
      for (Map.Entry<String, String> part : names.inLayer().entrySet()) {
        for (String last : List.of(".weight", ".bias")) {
          own.put(block + part.getKey() + last, get(found, name(l, part.getValue() + last)));
        }
      }
      for (String last : List.of("weight", "bias")) {
        own.put(block + ClipTextNames.IN_PROJECTION + "_" + last, inProjection(found, l, last));
      }
    }
    for (String last : List.of(".weight", ".bias")) {
      own.put(ClipTextEncoder.NORM + last, get(found, names.norm() + last));
    }
    NpyArray projection = get(found, names.projection());
    own.put(
        ClipTextEncoder.PROJECTION + ".weight",
        names.isOpenAi() ? transposed(projection) : projection);
    return own;
  }

  private NpyArray inProjection(Map<String, NpyArray> found, int layer, String last) {
    if (names.isOpenAi()) {
      return get(found, name(layer, ClipTextNames.IN_PROJECTION + "_" + last));
    }
    return stacked(
        get(found, name(layer, "self_attn.q_proj." + last)),
        get(found, name(layer, "self_attn.k_proj." + last)),
        get(found, name(layer, "self_attn.v_proj." + last)));
  }

  private static NpyArray stacked(NpyArray query, NpyArray key, NpyArray value) {
    int size = (int) query.size();
    float[] all = new float[3 * size];
    query.copyFloats(0, size, all, 0);
    key.copyFloats(0, size, all, size);
    value.copyFloats(0, size, all, 2 * size);
    int[] shape = query.shape();
    shape[0] *= 3;
    return NpyArray.ofFloats(all, shape);
  }

  private static NpyArray transposed(NpyArray matrix) {
    int rows = matrix.dim(0);
    int columns = matrix.dim(1);
    float[] from = matrix.toFloats();
    float[] to = new float[from.length];
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        to[c * rows + r] = from[r * columns + c];
      }
    }
    return NpyArray.ofFloats(to, columns, rows);
  }

  private NpyArray get(Map<String, NpyArray> found, String name) {
    NpyArray array = found.get(name);
    if (array == null) {
      throw missing(name); // the file changed while it was read
    }
    return array;
  }

  private DataFormatException missing(String name) {
    return DataFormatException.of(
        "KFMT-402",
        file,
        "tensor " + name + " is missing",
        "name the file of a whole CLIP model or of its text model with projection");
  }

  private DataFormatException misshapen(String name, String shape, List<Integer> found) {
    return DataFormatException.of(
        "KFMT-403",
        file,
        "tensor " + name + ": expected shape " + shape + ", found " + found,
        "the file belongs to another model than CLIP, or is damaged");
  }
}
