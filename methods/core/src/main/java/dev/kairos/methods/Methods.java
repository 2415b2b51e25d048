// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods;

import dev.kairos.methods.files.NearestName;
import dev.kairos.methods.run.RunFolder;
import dev.kairos.methods.settings.ConfigException;
import dev.kairos.methods.settings.Settings;
import dev.kairos.methods.training.Method;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;

/** All methods that can be trained here, found through {@link ServiceLoader}. */
public final class Methods {
  private Methods() {}

  /** The methods, in the order in which tables show them. */
  public static List<Method> all() {
    return ServiceLoader.load(Method.class, Methods.class.getClassLoader()).stream()
        .map(ServiceLoader.Provider::get)
        .sorted(Comparator.comparingInt(Method::rank).thenComparing(Method::name))
        .toList();
  }

  /**
   * The method a run was made with, by its configuration.
   *
   * @throws ConfigException if the configuration names none that is known
   */
  public static Method of(RunFolder run) throws IOException {
    Path config = run.file(RunFolder.CONFIG);
    String name = Settings.empty().withConfig(config).text("method", "");
    if (name.isEmpty()) {
      throw new ConfigException(
          "KCONF-006", config + ": names no method", "restore it: kairos train wrote it whole");
    }
    return named(name);
  }

  /**
   * A method by the name users type.
   *
   * @throws ConfigException naming the nearest method if there is none of that name, or saying that
   *     none was found at all
   */
  public static Method named(String name) {
    List<Method> all = all();
    if (all.isEmpty()) {
      throw new ConfigException(
          "KCONF-006",
          "no method is called " + name + ", for none was found at all",
          "add kairos-library to the class path; where it is packed into one jar with others, merge"
              + " the files of META-INF/services instead of keeping one of each name");
    }
    List<String> known = all.stream().map(Method::name).toList();
    return all.stream()
        .filter(method -> method.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new ConfigException(
                    "KCONF-006",
                    "no method is called " + name + ": choose one of " + String.join(", ", known),
                    NearestName.among(name, known)
                        .map(near -> "did you mean " + near + "?")
                        .orElse(null)));
  }
}
