// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FeaturePlaceTest {
  private static final Path FOLDER = Path.of("data");

  @ParameterizedTest
  @CsvSource({
    "features/rgb/{id}.npy, a$1.MP4, features/rgb/a$1.MP4.npy",
    "features/rgb/{stem}.npy, a$1.MP4, features/rgb/a$1.npy",
    "v_{id}.npy, x, v_x.npy",
    "{subset}/rgb/{id}.npy, x, training/rgb/x.npy",
    "/elsewhere/{id}.npy, x, /elsewhere/x.npy",
    "{stem}.npy, a.b, a.b.npy"
  })
  void partsAreFilledIn(String files, String id, String expected) {
    Recording recording = new Recording(id, "train", 9, List.of(), List.of());
    assertEquals(
        FOLDER.resolve(expected), new FeaturePlace(files).file(FOLDER, recording, "training"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"rgb.npy", "{subset}.npy", "{name}.npy", "", "{id}/{}"})
  void aPathWithoutANameForEachIsRefused(String files) {
    assertThrows(IllegalArgumentException.class, () -> new FeaturePlace(files));
  }

  @ParameterizedTest
  @CsvSource({"../x, train", "x, ../../etc"})
  void noNameLeavesTheFolder(String id, String subset) {
    Recording recording = new Recording(id, "train", 9, List.of(), List.of());
    Refused.with(
        "KDATA-115",
        () -> new FeaturePlace("{subset}/{id}.npy").file(FOLDER, recording, subset),
        "holds '/'");
  }

  @Test
  void theUsualPlaceIsTheFolderOfTheStream() {
    assertEquals("features/rgb/{id}.npy", FeaturePlace.usual("rgb").files());
  }
}
