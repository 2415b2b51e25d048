// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.tensor.io.NpyArray;
import dev.kairos.tensor.io.Safetensors;
import dev.kairos.tensor.torch.TorchFile;
import dev.kairos.tensor.torch.TorchWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Weights from PyTorch and back, through the verbs. */
class WeightsVerbTest {
  private static final List<String> SETTINGS = List.of("segments=16", "filterHidden=4", "hidden=8");

  @TempDir Path folder;
  private Path data = Path.of("");

  @BeforeEach
  void writeData() throws IOException {
    data = TinyData.write(folder.resolve("data"));
  }

  @Test
  void whatIsExportedComesBackAndLocalisesAlike() throws IOException {
    Path run = folder.resolve("run");
    assertEquals(0, TinyData.train(data, run).code());
    Path theirs = folder.resolve("theirs.pt");
    Run exported = Run.of("export-weights", run, "--out", theirs);
    assertEquals(0, exported.code(), exported.err());
    Map<String, NpyArray> weights = TorchFile.open(theirs).readStateDict();
    assertEquals(
        Set.of(
            "filter_module.conv_1.0.weight",
            "filter_module.conv_1.0.bias",
            "filter_module.conv_2.0.weight",
            "filter_module.conv_2.0.bias",
            "cas_module.conv_1.0.weight",
            "cas_module.conv_1.0.bias",
            "cas_module.conv_2.0.weight",
            "cas_module.conv_2.0.bias",
            "cas_module.conv_3.0.weight"),
        weights.keySet());
    Path ours = folder.resolve("ours.safetensors");
    Path again = folder.resolve("again");
    Run imported = importing(theirs, SETTINGS, "--out", ours, "--run", again);
    assertEquals(0, imported.code(), imported.err());
    Map<String, NpyArray> saved = Safetensors.read(run.resolve("checkpoint.safetensors")).tensors();
    Safetensors.read(ours).tensors().forEach((name, w) -> assertEquals(saved.get(name), w, name));
    Path found = folder.resolve("found.json");
    Run localised = Run.of("localize", "--run", again, "--data", data, "--out", found);
    assertEquals(0, localised.code(), localised.err());
    assertEquals(Files.readString(run.resolve("detections.json")), Files.readString(found));
  }

  @Test
  void aRunBeginsWithTheWeights() throws IOException {
    Path first = folder.resolve("first");
    TinyData.train(data, first);
    Path theirs = folder.resolve("theirs.pth");
    Run.of("export-weights", first, "--out", theirs);
    Path drawn = folder.resolve("drawn");
    Path tuned = folder.resolve("tuned");
    assertEquals(0, step(drawn).code());
    Run run = step(tuned, "--weights", theirs);
    assertEquals(0, run.code(), run.err());
    Map<String, NpyArray> expected = weights(first);
    assertEquals(expected, weights(tuned));
    assertFalse(expected.equals(weights(drawn)));
    assertTrue(Files.exists(tuned.resolve("initial.safetensors")));
  }

  /** One step that changes nothing. */
  private Run step(Path out, Object... more) {
    List<Object> words = new ArrayList<>(List.of("train", "basnet", "--data", data, "--out", out));
    List<String> settings = new ArrayList<>(SETTINGS);
    settings.addAll(List.of("steps=1", "batch=4", "learningRate=0"));
    settings.forEach(setting -> words.addAll(List.of("--set", setting)));
    words.addAll(List.of(more));
    return Run.of(words.toArray());
  }

  private static Map<String, NpyArray> weights(Path run) throws IOException {
    Map<String, NpyArray> weights = new LinkedHashMap<>();
    Safetensors.read(run.resolve("checkpoint.safetensors"))
        .tensors()
        .forEach(
            (name, tensor) -> {
              if (name.startsWith("filter.") || name.startsWith("cas.")) {
                weights.put(name, tensor);
              }
            });
    assertEquals(9, weights.size());
    return weights;
  }

  @Test
  void everyWeightThatDoesNotFitIsListed() throws IOException {
    Path run = folder.resolve("run");
    TinyData.train(data, run);
    Path theirs = folder.resolve("theirs.pt");
    Run.of("export-weights", run, "--out", theirs);
    Map<String, NpyArray> weights = new LinkedHashMap<>(TorchFile.open(theirs).readStateDict());
    NpyArray bias = weights.remove("cas_module.conv_1.0.bias");
    weights.put("embed.weight", bias);
    weights.put("filter_module.conv_2.0.bias", NpyArray.ofFloats(new float[] {1, 2}, 2));
    weights.put(
        "cas_module.conv_2.0.bias",
        NpyArray.ofFloats(new float[] {1, 2, 3, 4, 5, 6, 7, Float.NaN}, 8));
    TorchWriter.write(theirs, weights);
    Path out = folder.resolve("out.safetensors");
    Run refused = importing(theirs, SETTINGS, "--out", out);
    assertEquals(3, refused.code());
    for (String part :
        List.of(
            "KFMT-305",
            "4 differences from the weights of basnet",
            "missing cas.conv1.bias [8]",
            "left over embed.weight [8]",
            "filter_module.conv_2.0.bias (filter.conv2.bias) [2], expected [1]",
            "NaN or infinity in cas_module.conv_2.0.bias")) {
      assertTrue(refused.err().contains(part), refused.err());
    }
    assertFalse(Files.exists(out));
    Run other = importing(theirs, List.of("hidden=16"), "--out", out);
    assertEquals(3, other.code());
    assertTrue(other.err().contains("expected [16, 16, 3]"), other.err());
    Run train = TinyData.train(data, folder.resolve("new"), "--weights", theirs);
    assertEquals(3, train.code(), train.err());
    assertFalse(Files.exists(folder.resolve("new").resolve("config.toml")));
  }

  /** The authors of FAC-Net train a network for each stream, and save each by the same names. */
  @Test
  void aFileForEachStreamMakesOneModel() throws IOException {
    Path run = folder.resolve("run");
    Object[] small = {"--set", "hidden=8", "--set", "epochs=1"};
    List<Object> words = new ArrayList<>(List.of("train", "facnet", "--data", data, "--out", run));
    words.addAll(List.of(small));
    assertEquals(0, Run.of(words.toArray()).code());
    for (String stream : List.of("rgb", "flow")) {
      Path out = folder.resolve(stream + ".pt");
      assertEquals(0, Run.of("export-weights", run, "--stream", stream, "--out", out).code());
      assertTrue(TorchFile.open(out).arrays().containsKey("ac_center"));
    }
    assertEquals(3, Run.of("export-weights", run, "--stream", "x", "--out", run).code());
    Path ours = folder.resolve("ours.safetensors");
    words =
        new ArrayList<>(
            List.of("import-weights", folder.resolve("rgb.pt"), folder.resolve("flow.pt")));
    words.addAll(List.of("--method", "facnet", "--data", data, "--out", ours));
    words.addAll(List.of(small));
    Run imported = Run.of(words.toArray());
    assertEquals(0, imported.code(), imported.err());
    Map<String, NpyArray> saved = Safetensors.read(run.resolve("checkpoint.safetensors")).tensors();
    Map<String, NpyArray> read = Safetensors.read(ours).tensors();
    assertEquals(12, read.size());
    read.forEach((name, w) -> assertEquals(saved.get(name), w, name));
    words.add(2, folder.resolve("rgb.pt"));
    assertEquals(2, Run.of(words.toArray()).code());
  }

  @Test
  void inspectListsTensors() throws IOException {
    Path file = folder.resolve("x.pt");
    TorchWriter.write(file, Map.of("conv.weight", NpyArray.ofFloats(new float[6], 1, 2, 3)));
    Run run = Run.of("inspect", file);
    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().contains("1 array"), run.out());
    assertTrue(run.out().contains("conv.weight: F32 [1, 2, 3]"), run.out());
    Path csv = Files.writeString(folder.resolve("x.csv"), "1,2\n3,4\n");
    assertTrue(Run.of("inspect", csv).out().contains("F64 [2, 2]"));
    Path pickle = Files.writeString(folder.resolve("x.pkl"), "cos\nsystem\n(S'x'\ntR.");
    Run refused = Run.of("inspect", pickle);
    assertEquals(3, refused.code());
    assertTrue(refused.err().contains("KFMT-012"), refused.err());
  }

  private Run importing(Path file, List<String> settings, Object... more) {
    List<Object> words =
        new ArrayList<>(List.of("import-weights", file, "--method", "basnet", "--data", data));
    settings.forEach(setting -> words.addAll(List.of("--set", setting)));
    words.addAll(List.of(more));
    return Run.of(words.toArray());
  }
}
