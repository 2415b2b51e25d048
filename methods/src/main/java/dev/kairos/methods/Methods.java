// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods;

import dev.kairos.methods.basnet.Basnet;
import dev.kairos.methods.data.NearestName;
import dev.kairos.methods.multires.Multires;
import dev.kairos.methods.plain.Plain;
import dev.kairos.methods.training.ConfigException;
import dev.kairos.methods.training.Method;
import dev.kairos.methods.training.RunFolder;
import dev.kairos.methods.training.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** All methods that can be trained. */
public final class Methods {
  private static final List<Method> ALL = List.of(new Plain(), new Basnet(), new Multires());

  private Methods() {}

  /** The methods, in the order in which tables show them. */
  public static List<Method> all() {
    return ALL;
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
   * @throws ConfigException naming the nearest method if there is none of that name
   */
  public static Method named(String name) {
    List<String> known = ALL.stream().map(Method::name).toList();
    return ALL.stream()
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
