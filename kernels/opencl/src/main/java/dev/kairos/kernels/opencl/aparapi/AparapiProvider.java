// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.opencl.aparapi;

import dev.kairos.kernels.Availability;
import dev.kairos.kernels.Backend;
import dev.kairos.kernels.BackendOptions;
import dev.kairos.kernels.BackendProvider;
import java.util.List;

/**
 * Offers the {@link AparapiBackend}, where there is a device; chosen only by name. This class
 * mentions no type of Aparapi and loads no native code before it is asked whether there is a
 * device.
 */
public final class AparapiProvider implements BackendProvider {
  @Override
  public String name() {
    return AparapiBackend.NAME;
  }

  @Override
  public int priority() {
    return -1;
  }

  @Override
  public Availability availability() {
    try {
      return Aparapi.availability();
    } catch (LinkageError e) {
      return Availability.no(reason(e));
    }
  }

  @Override
  public Availability accelerator() {
    return Availability.no("only when it is named: backend opencl moves less");
  }

  @Override
  public List<String> devices() {
    return availability().usable() ? Aparapi.devices() : List.of();
  }

  /** What keeps Aparapi from being loaded. */
  static String reason(LinkageError e) {
    StringBuilder all = new StringBuilder();
    for (Throwable each = e; each != null; each = each.getCause()) {
      all.append(each).append(' ');
    }
    if (all.indexOf("IllegalCallerException") >= 0) {
      return "the JVM denies native access; start it with --enable-native-access=ALL-UNNAMED";
    }
    if (all.indexOf("com/aparapi") >= 0) {
      return "the classes of Aparapi are not on the class path; add its jars (build with -Popencl)";
    }
    return "Aparapi cannot be loaded: " + all.toString().strip();
  }

  @Override
  public Backend open(BackendOptions options) {
    return AparapiBackend.open(options);
  }
}
