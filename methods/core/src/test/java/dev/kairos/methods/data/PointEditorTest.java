// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.tensor.io.DataFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PointEditorTest {
  @TempDir Path folder;

  private final List<String> told = new ArrayList<>();

  private static Dataset dataset() {
    DatasetDescription description =
        new DatasetDescription(
            "two", List.of(new FeatureStream("rgb", 1)), 1, 1, List.of("jump", "a, b"), "", "");
    FeatureSequence features = FeatureSequence.of(1, 1, new float[] {1});
    Map<Recording, FeatureSequence> all = new LinkedHashMap<>();
    all.put(new Recording("v1", "train", 10, List.of(), List.of()), features);
    all.put(new Recording("v2", "train", Double.NaN, List.of(), List.of()), features);
    return Dataset.of(description, all);
  }

  private PointEditor open() throws IOException {
    return PointEditor.open(folder, dataset(), told::add);
  }

  private Path file() {
    return folder.resolve("points.csv");
  }

  private void write(String text) throws IOException {
    Files.writeString(file(), text);
  }

  private static PointLabel jump(double seconds) {
    return new PointLabel("jump", seconds);
  }

  @Test
  void everyChangeIsInTheFileAndOtherLinesStayAsTheyAre() throws IOException {
    write("id,class,seconds\r\nv1, jump ,1.50\r\n\r\nv2,\"a, b\",2\r\n");
    try (PointEditor editor = open()) {
      assertTrue(editor.add("v1", jump(3.25)));
      assertEquals(
          "id,class,seconds\r\nv1, jump ,1.50\r\nv1,jump,3.25\r\n\r\nv2,\"a, b\",2\r\n",
          Files.readString(file()));
      assertFalse(editor.add("v1", jump(1.5)), "there already");
      assertTrue(editor.remove("v1", jump(1.5)));
      assertFalse(editor.remove("v1", jump(1.5)));
      assertTrue(editor.add("v2", new PointLabel("a, b", 99)));
      assertEquals(
          "id,class,seconds\r\nv1,jump,3.25\r\n\r\nv2,\"a, b\",2\r\nv2,\"a, b\",99.0\r\n",
          Files.readString(file()));
      assertEquals(3, editor.state().revision());
      assertEquals(List.of(jump(3.25)), editor.points("v1"));
    }
    assertEquals(List.of(), told);
    assertFalse(Files.exists(folder.resolve(PointLock.FILE_NAME)));
  }

  @Test
  void theFileIsMadeAtTheFirstPoint() throws IOException {
    try (PointEditor editor = open()) {
      editor.refresh();
      assertFalse(Files.exists(file()));
      editor.add("v1", jump(1));
      assertEquals("id,class,seconds\nv1,jump,1.0\n", Files.readString(file()));
    }
  }

  @Test
  void whatOthersWriteIsTakenOver() throws IOException {
    try (PointEditor editor = open()) {
      editor.add("v1", jump(1));
      write("id,class,seconds\nv1,jump,1.0\nv2,jump,7\n");
      editor.add("v1", jump(2));
      assertEquals(
          "id,class,seconds\nv1,jump,1.0\nv1,jump,2.0\nv2,jump,7\n", Files.readString(file()));
      assertEquals(1, told.size(), told.toString());
    }
  }

  /** As when somebody saves what an editor read before. */
  @Test
  void pointsSetHereAreNotLostToAnOldCopy() throws IOException {
    write("id,class,seconds\nv2,jump,5\n");
    try (PointEditor editor = open()) {
      editor.add("v1", jump(1));
      editor.add("v1", jump(2));
      editor.remove("v1", jump(2));
      write("id,class,seconds\nv2,jump,6\n");
      editor.refresh();
      assertEquals("id,class,seconds\nv2,jump,6\nv1,jump,1.0\n", Files.readString(file()));
      assertTrue(told.get(0).contains("1 point set here put back"), told.toString());
      Files.delete(file());
      editor.refresh();
      assertEquals("id,class,seconds\nv2,jump,6\nv1,jump,1.0\n", Files.readString(file()));
      assertTrue(told.get(1).contains("was gone"), told.toString());
    }
  }

  @Test
  void aFileThatCannotBeReadAnyMoreIsNotOverwritten() throws IOException {
    try (PointEditor editor = open()) {
      editor.add("v1", jump(1));
      for (String broken :
          List.of(
              "", "id,class\n", "id,class,seconds\nv1,jump\n", "id,class,seconds\nx,jump,1\n")) {
        write(broken);
        assertThrows(DataFormatException.class, () -> editor.add("v1", jump(2)));
        assertEquals(broken, Files.readString(file()));
      }
      write("id,class,seconds\n");
      editor.add("v1", jump(2));
      assertEquals("id,class,seconds\nv1,jump,1.0\nv1,jump,2.0\n", Files.readString(file()));
    }
  }

  @Test
  void oneEditorAtATime() throws IOException {
    try (PointEditor editor = open()) {
      DataFormatException second = assertThrows(DataFormatException.class, this::open);
      assertEquals("KDATA-142", second.code());
      editor.add("v1", jump(1));
    }
    open().close();
  }

  @Test
  void pointsThatCannotBeAreRefused() throws IOException {
    try (PointEditor editor = open()) {
      assertThrows(IllegalArgumentException.class, () -> editor.add("v3", jump(1)));
      assertThrows(
          IllegalArgumentException.class, () -> editor.add("v1", new PointLabel("fall", 1)));
      assertThrows(IllegalArgumentException.class, () -> editor.add("v1", jump(10.5)));
      assertTrue(editor.add("v2", jump(1e6)), "its end is unknown");
    }
  }
}
