// SPDX-License-Identifier: Apache-2.0
package dev.kairos.spark.measure;

import dev.kairos.cli.Main;
import dev.kairos.cli.Surroundings;
import dev.kairos.methods.pipeline.LocalizationWork;
import dev.kairos.spark.KairosSpark;
import dev.kairos.spark.files.Places;
import dev.kairos.spark.harness.Master;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;

/**
 * Localises many generated recordings, by the command or by a cluster inside this process, and says
 * how long each took: {@code ManyRecordings command|MASTER N FOLDER}. A tenth is localised before,
 * and not counted: code is compiled and executors have started then.
 */
public final class ManyRecordings {
  private static final String STORE = "fs.generated.impl";

  private ManyRecordings() {}

  /** The command line. */
  public static void main(String[] args) throws IOException {
    int recordings = Integer.parseInt(args[1]);
    Path folder = Files.createDirectories(Path.of(args[2]).toAbsolutePath());
    Path run = run(folder);
    String out = folder.resolve(args[0].replaceAll("\\W+", "-") + ".json").toString();
    if (args[0].equals("command")) {
      Configuration hadoop = new Configuration();
      hadoop.set(STORE, GeneratedFileSystem.class.getName());
      Surroundings here = new Surroundings(new Places(hadoop)::path, LocalizationWork.HERE);
      report(
          args[0],
          recordings,
          words -> Main.run(words.toArray(String[]::new), System.out, System.err, here),
          run,
          out);
      return;
    }
    Map<String, String> settings =
        Map.of("spark.hadoop." + STORE, GeneratedFileSystem.class.getName());
    try (SparkSession session = Master.open(args[0], settings)) {
      report(
          args[0],
          recordings,
          words -> KairosSpark.run(words, new PrintStream(System.out), System.err),
          run,
          out);
    }
  }

  private interface Door {
    int run(List<String> words);
  }

  private static void report(String name, int recordings, Door door, Path run, String out) {
    localize(door, Math.max(1, recordings / 10), run, out);
    long begun = System.nanoTime();
    localize(door, recordings, run, out);
    double seconds = (System.nanoTime() - begun) * 1e-9;
    Runtime jvm = Runtime.getRuntime();
    System.out.printf(
        Locale.ROOT,
        "%s: %d recordings, %.1f s, %.3f ms each, heap at most %d MB%n",
        name,
        recordings,
        seconds,
        seconds * 1e3 / recordings,
        jvm.maxMemory() >> 20);
  }

  private static void localize(Door door, int recordings, Path run, String out) {
    int code =
        door.run(
            List.of(
                "localize",
                "--run",
                run.toString(),
                "--data",
                "generated://n" + recordings + "/",
                "--out",
                out,
                "--quiet"));
    if (code != 0) {
      throw new IllegalStateException("localize: exit code " + code);
    }
  }

  /** A small BaS-Net that has learned a little of such recordings. */
  private static Path run(Path folder) throws IOException {
    Path run = folder.resolve("run");
    if (Files.exists(run.resolve("checkpoint.safetensors"))) {
      return run;
    }
    Path data = folder.resolve("data");
    Files.createDirectories(data.resolve("features/rgb"));
    GeneratedFileSystem generated = new GeneratedFileSystem();
    Files.write(data.resolve("dataset.toml"), generated.description());
    StringBuilder json = new StringBuilder("{\"database\":{");
    for (int i = 0; i < 10; i++) {
      String id = GeneratedFileSystem.id(i);
      Files.write(data.resolve("features/rgb/" + id + ".npy"), GeneratedFileSystem.features(i));
      json.append(i == 0 ? "" : ",")
          .append("\"" + id + "\":{\"subset\":\"" + (i < 8 ? "train" : "test") + "\",")
          .append("\"duration\":300.0,\"annotations\":[");
      String label = Arrays.asList("A", "B", "C", "D").get(i % 4);
      json.append("{\"label\":\"" + label + "\",\"segment\":[0.0,25.0]}]}");
    }
    Files.writeString(data.resolve("annotations.json"), json + "}}");
    int code =
        Main.run(
            new String[] {
              "train",
              "basnet",
              "--data",
              data.toString(),
              "--out",
              run.toString(),
              "--set",
              "steps=40",
              "--set",
              "filterHidden=32",
              "--set",
              "hidden=128",
              "--set",
              "segments=300",
              "--set",
              "batch=4",
              "--quiet"
            },
            System.out,
            System.err);
    if (code != 0) {
      throw new IllegalStateException("train: exit code " + code);
    }
    return run;
  }
}
