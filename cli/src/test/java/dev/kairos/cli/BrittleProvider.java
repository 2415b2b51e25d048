// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli;

import dev.kairos.kernels.Availability;
import dev.kairos.kernels.Backend;
import dev.kairos.kernels.BackendOptions;
import dev.kairos.kernels.BackendProvider;
import dev.kairos.kernels.Backends;
import dev.kairos.kernels.DeviceFailedException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/**
 * An accelerator that computes what the processor does, until it is lost: in the update of a
 * parameter whose number the system property {@link #LIFE} names. Without that it is not there.
 */
public final class BrittleProvider implements BackendProvider {
  static final String LIFE = "kairos.test.brittle";

  @Override
  public String name() {
    return "brittle";
  }

  @Override
  public int priority() {
    return -1;
  }

  @Override
  public Availability availability() {
    return Integer.getInteger(LIFE) == null
        ? Availability.no("only for tests that ask for it")
        : Availability.yes("until it breaks");
  }

  @Override
  public Availability accelerator() {
    return availability();
  }

  @Override
  public Backend open(BackendOptions options) {
    Backend processor = Backends.open(Backends.CPU, options);
    int[] left = {Integer.getInteger(LIFE, 0)};
    return (Backend)
        Proxy.newProxyInstance(
            BrittleProvider.class.getClassLoader(),
            new Class<?>[] {Backend.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("adam") && left[0]-- == 0) {
                throw new DeviceFailedException("KDEV-004", "brittle: lost", "take another", null);
              }
              if (method.getName().equals("arithmetic")) {
                return "brittle";
              }
              try {
                return method.invoke(processor, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
