// SPDX-License-Identifier: Apache-2.0
package dev.kairos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.kernels.BackendProvider;
import dev.kairos.kernels.Backends;
import dev.kairos.methods.Methods;
import dev.kairos.methods.training.Method;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.ref.WeakReference;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kairos inside other programs: class loaders that are not the system's, jars put together. */
final class EmbeddingTest {
  @TempDir private Path folder;

  private static URL[] classPath() throws MalformedURLException {
    List<URL> urls = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      urls.add(new File(entry).toURI().toURL());
    }
    return urls.toArray(URL[]::new);
  }

  /** A class loader as a fat jar gives it that kept no service files. */
  private static final class WithoutServices extends URLClassLoader {
    WithoutServices(URL[] urls) {
      super(urls, ClassLoader.getPlatformClassLoader());
    }

    @Override
    public Enumeration<URL> findResources(String name) throws IOException {
      return name.startsWith("META-INF/services/")
          ? Collections.emptyEnumeration()
          : super.findResources(name);
    }
  }

  /** Runs a class of these tests in a class loader, as its {@code main} would be. */
  private static String run(ClassLoader loader, Class<?> program, String argument)
      throws ReflectiveOperationException {
    return (String)
        loader.loadClass(program.getName()).getMethod("run", String.class).invoke(null, argument);
  }

  /** Uses most of the library, on threads of its own too. */
  public static final class Plugin {
    private Plugin() {}

    /** Localises by a run; says what computed and what was found. */
    public static String run(String place) throws Exception {
      MemoryRecordings steps = Steps.of(8);
      Trained trained = Steps.trainer().set("steps", 3).train(steps);
      ExecutorService threads = Executors.newFixedThreadPool(2);
      try (Localizer own = trained.localizer();
          Localizer localizer = Localizer.open(Path.of(place))) {
        float[][] features = steps.features(steps.recordings().get(0))[0];
        threads.submit(() -> own.localize(features)).get();
        return threads.submit(() -> localizer.localize(features)).get().toString();
      } finally {
        threads.shutdown();
      }
    }
  }

  private Path trained() throws IOException {
    Path run = folder.resolve("run");
    Steps.trainer().train(Steps.of(8)).save(run);
    return run;
  }

  @Test
  void aPluginFindsAllInItsOwnClassLoader() throws Exception {
    Path run = trained();
    String expected = Plugin.run(run.toString());
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (var plugin = new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader())) {
      for (ClassLoader context : new ClassLoader[] {before, null, plugin}) {
        thread.setContextClassLoader(context);
        assertEquals(expected, run(plugin, Plugin.class, run.toString()), "" + context);
      }
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  @Test
  void aPluginThatIsDroppedIsUnloaded() throws Exception {
    Path run = trained();
    WeakReference<ClassLoader> gone = usedAndDropped(run);
    displaceWhatJavaKeepsOfTheLastRecord();
    for (int i = 0; i < 100 && gone.get() != null; i++) {
      System.gc();
      Thread.sleep(20);
    }
    assertTrue(gone.get() == null, "something still holds the plug-in's class loader");
  }

  /**
   * Java holds the types of the record that was last compared: before 19 until another is, later
   * until memory is short. A host has both, sooner or later.
   */
  private static void displaceWhatJavaKeepsOfTheLastRecord() {
    record Own(StringBuilder text, List<String> list) {}
    Own one = new Own(new StringBuilder(), List.of());
    Own two = new Own(new StringBuilder(), List.of());
    assertTrue(!one.equals(two) && one.hashCode() != 1 && !one.toString().isEmpty());
    List<long[]> much = new ArrayList<>();
    try {
      while (much.size() < Integer.MAX_VALUE) {
        much.add(new long[1 << 23]);
      }
    } catch (OutOfMemoryError e) {
      much.clear(); // as it should
    }
  }

  private static WeakReference<ClassLoader> usedAndDropped(Path run) throws Exception {
    try (var plugin = new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader())) {
      run(plugin, Plugin.class, run.toString());
      return new WeakReference<>(plugin);
    }
  }

  /** Names what computes, and what is said where no method is found. */
  public static final class Fat {
    private Fat() {}

    /** The backend's name and the message. */
    public static String run(String method) {
      String backend = Backends.open(dev.kairos.kernels.BackendOptions.of(1)).name();
      try {
        return backend + " " + Methods.named(method).name();
      } catch (dev.kairos.kernels.KairosException e) {
        return backend + " " + e.hint();
      }
    }
  }

  @Test
  void aJarWithoutServiceFilesFindsTheProcessorAndSaysWhatItLacks() throws Exception {
    try (var fat = new WithoutServices(classPath())) {
      String said = run(fat, Fat.class, "plain");
      assertTrue(said.startsWith("scalar "), said);
      assertTrue(said.contains("META-INF/services"), said);
    }
  }

  /** A jar that keeps the first service file of each name works if it is this room's. */
  @Test
  void theServiceFilesHereNameAll() throws IOException {
    assertEquals(
        new TreeSet<>(Methods.all().stream().map(m -> m.getClass().getName()).toList()),
        new TreeSet<>(named(Method.class)));
    assertEquals(
        new TreeSet<>(Backends.providers().stream().map(p -> p.getClass().getName()).toList()),
        new TreeSet<>(named(BackendProvider.class)));
  }

  private static List<String> named(Class<?> service) throws IOException {
    String name = "META-INF/services/" + service.getName();
    List<URL> all = Collections.list(EmbeddingTest.class.getClassLoader().getResources(name));
    URL own = all.stream().filter(u -> u.getPath().contains("library")).findFirst().orElseThrow();
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(own.openStream(), StandardCharsets.UTF_8))) {
      return in.lines().toList();
    }
  }
}
