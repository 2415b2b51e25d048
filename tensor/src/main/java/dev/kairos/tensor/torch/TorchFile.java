// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor.torch;

import dev.kairos.tensor.io.DataFormatException;
import dev.kairos.tensor.io.NpyArray;
import dev.kairos.tensor.pickle.NamedArrays;
import dev.kairos.tensor.pickle.PickleArray;
import dev.kairos.tensor.pickle.PickleTensor;
import dev.kairos.tensor.pickle.PickleValue;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A file that {@code torch.save} wrote. Opening it reads what it says about its tensors; elements
 * are read when asked for.
 */
public final class TorchFile {
  private static final int HEAD_BYTES = 512;
  private static final int TAR_MAGIC_AT = 257;

  private final Path file;
  private final PickleValue content;
  private final TorchStorages storages;

  TorchFile(Path file, PickleValue content, TorchStorages storages) {
    this.file = file;
    this.content = content;
    this.storages = storages;
  }

  /**
   * Opens a file of either form.
   *
   * @throws DataFormatException if there is no such file, it is none of PyTorch, asks for a name
   *     that is not on the list, or its elements are not all there
   */
  public static TorchFile open(Path file) throws IOException {
    String head = head(file);
    if (head.startsWith("PK")) {
      return TorchArchive.open(file);
    }
    if (head.startsWith("ustar", TAR_MAGIC_AT)) {
      throw DataFormatException.of(
          "KFMT-014",
          file,
          "is of PyTorch before 0.1.10, a tar archive, which is not read",
          "load and save it again with any later PyTorch");
    }
    return TorchStream.open(file);
  }

  /** Whether a file begins like one of PyTorch, whatever its name: many are called {@code .pkl}. */
  public static boolean begins(Path file) throws IOException {
    String head = head(file);
    return head.startsWith("PK") || head.startsWith(TorchStream.HEAD);
  }

  private static String head(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      String problem = Files.isDirectory(file) ? "is a folder, expected a file" : "not found";
      throw DataFormatException.of("KFMT-001", file, problem);
    }
    try (InputStream in = Files.newInputStream(file)) {
      return new String(in.readNBytes(HEAD_BYTES), StandardCharsets.ISO_8859_1);
    }
  }

  /** All that the file holds; tensors refer to their elements. */
  public PickleValue content() {
    return content;
  }

  /**
   * All tensors and NumPy arrays of numbers, wherever they are, by the keys and places that lead to
   * them with dots between; a tensor alone has the name {@code ""}.
   */
  public Map<String, TensorInfo> arrays() {
    Map<String, TensorInfo> infos = new LinkedHashMap<>();
    NamedArrays.all(content).forEach((name, value) -> infos.put(name, TensorInfo.of(value)));
    return infos;
  }

  /**
   * One of {@link #arrays}.
   *
   * @throws DataFormatException KFMT-016 if there is none of that name
   */
  public NpyArray read(String name) throws IOException {
    PickleValue value = NamedArrays.all(content).get(name);
    if (value == null) {
      throw DataFormatException.of("KFMT-016", file, "holds no tensor '" + name + "'");
    }
    return read(value);
  }

  /**
   * The weights of a model: the dict of tensors that the file is, or that it keeps under a name
   * such as {@code state_dict}. A prefix {@code module.} that all names have is taken off.
   *
   * @throws DataFormatException KFMT-016 if there is none, or several that could be meant
   */
  public Map<String, NpyArray> readStateDict() throws IOException {
    Map<String, NpyArray> weights = new LinkedHashMap<>();
    for (Map.Entry<String, PickleValue> tensor : StateDict.of(file, content).entrySet()) {
      weights.put(tensor.getKey(), read(tensor.getValue()));
    }
    return weights;
  }

  private NpyArray read(PickleValue value) throws IOException {
    return value instanceof PickleArray array ? array.plain() : storages.read((PickleTensor) value);
  }
}
