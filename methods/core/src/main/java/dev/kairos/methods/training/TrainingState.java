// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.training;

import dev.kairos.methods.run.RunFolder;
import dev.kairos.nn.Checkpoint;
import dev.kairos.tensor.Tensor;
import dev.kairos.tensor.io.DataFormatException;
import dev.kairos.tensor.io.NpyArray;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The state of a stage beside weights and optimiser, by name: memory banks, labels it made,
 * evaluations so far. All of it is in the run's one checkpoint, and is brought back before a
 * stopped training goes on.
 *
 * <p>A stage names things once, before its first step; they are read whenever a checkpoint is
 * written. What several stages share they all name, with the same name: it is kept from the first
 * of them to the last. A name holds no slash.
 */
public final class TrainingState {
  private static final String ARRAYS = "state/";
  private static final String TEXTS = "kairos.state/";

  /** How one named thing is written into a checkpoint and read from it. */
  private interface Entry {
    void write(Map<String, NpyArray> arrays, Map<String, String> texts);

    void restore(Path file, Map<String, NpyArray> arrays, Map<String, String> texts);
  }

  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private long done;

  /**
   * A tensor of a shape that stays.
   *
   * @param live overwritten when it is restored
   */
  public void tensor(String name, Tensor live) {
    String key = ARRAYS + name;
    add(
        name,
        new Entry() {
          @Override
          public void write(Map<String, NpyArray> arrays, Map<String, String> texts) {
            arrays.put(key, Checkpoint.array(live));
          }

          @Override
          public void restore(Path file, Map<String, NpyArray> arrays, Map<String, String> texts) {
            Checkpoint.load(live, key, arrays, file);
          }
        });
  }

  /**
   * Arrays by name, as many and as large as they are at the moment; none is legal.
   *
   * @param save gives the arrays; not changed afterwards
   * @param restore takes those that were saved; an {@link IllegalArgumentException} refuses them
   */
  public void arrays(
      String name, Supplier<Map<String, NpyArray>> save, Consumer<Map<String, NpyArray>> restore) {
    String prefix = ARRAYS + name + "/";
    add(
        name,
        new Entry() {
          @Override
          public void write(Map<String, NpyArray> arrays, Map<String, String> texts) {
            save.get().forEach((each, array) -> arrays.put(prefix + each, array));
          }

          @Override
          public void restore(Path file, Map<String, NpyArray> arrays, Map<String, String> texts) {
            Map<String, NpyArray> own = new LinkedHashMap<>();
            arrays.forEach(
                (key, array) -> {
                  if (key.startsWith(prefix)) {
                    own.put(key.substring(prefix.length()), array);
                  }
                });
            accept(file, name, restore, own);
          }
        });
  }

  /**
   * A short text, such as a record in JSON.
   *
   * @param save gives the text
   * @param restore takes what was saved; an {@link IllegalArgumentException} refuses it
   */
  public void text(String name, Supplier<String> save, Consumer<String> restore) {
    String key = TEXTS + name;
    add(
        name,
        new Entry() {
          @Override
          public void write(Map<String, NpyArray> arrays, Map<String, String> texts) {
            texts.put(key, save.get());
          }

          @Override
          public void restore(Path file, Map<String, NpyArray> arrays, Map<String, String> texts) {
            String text = texts.get(key);
            if (text == null) {
              throw DataFormatException.of(
                  "KDATA-214",
                  file,
                  "metadata " + key + " is missing",
                  "the file belongs to another model or configuration");
            }
            accept(file, name, restore, text);
          }
        });
  }

  private static <T> void accept(Path file, String name, Consumer<T> restore, T saved) {
    try {
      restore.accept(saved);
    } catch (IllegalArgumentException e) {
      throw DataFormatException.of("KDATA-214", file, "state " + name + ": " + e.getMessage(), e);
    }
  }

  private void add(String name, Entry entry) {
    if (name.isEmpty() || name.contains("/")) { // which parts a group of arrays from its names
      throw new IllegalArgumentException(
          "training state: a name must not be empty or hold a slash: '" + name + "'");
    }
    if (entries.putIfAbsent(name, entry) != null) {
      throw new IllegalArgumentException("training state: two things are called " + name);
    }
  }

  /**
   * How many steps of the training's present stage were done when that was saved which is being
   * restored: nothing in it can be of a later one.
   */
  public long done() {
    return done;
  }

  Set<String> names() {
    return entries.keySet();
  }

  void write(String name, Map<String, NpyArray> arrays, Map<String, String> texts) {
    entry(name).write(arrays, texts);
  }

  void restore(String name, RunFolder.Saved saved) {
    done = saved.position().step();
    entry(name).restore(saved.file(), saved.arrays(), saved.texts());
  }

  private Entry entry(String name) {
    Entry entry = entries.get(name);
    if (entry == null) {
      throw new IllegalArgumentException("training state: nothing is called " + name);
    }
    return entry;
  }
}
