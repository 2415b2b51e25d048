// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ForwardingBackendTest {
  /** What follows from {@link Backend#info}. */
  private static final Set<String> DERIVED =
      Set.of("name", "precision", "lanes", "arithmetic", "threads");

  private static final BackendInfo INFO =
      new BackendInfo("behind", Precision.DOUBLE, 3, "reference", 5);

  private final List<Object> seen = new ArrayList<>();

  private final Backend target =
      (Backend)
          Proxy.newProxyInstance(
              Backend.class.getClassLoader(),
              new Class<?>[] {Backend.class},
              (proxy, method, arguments) -> {
                seen.add(method);
                seen.add(arguments == null ? List.of() : Arrays.asList(arguments));
                if (method.getName().equals("info")) {
                  return INFO;
                }
                return method.getReturnType() == long.class ? (Object) 7L : null;
              });

  private final Backend forwarding = new ForwardingBackend(target) {};

  /** Also what has a default: else a new primitive would run on this side. */
  @Test
  void handsOnEveryCallAsItIs() throws Exception {
    for (Method method : Backend.class.getMethods()) {
      if (DERIVED.contains(method.getName())) {
        continue;
      }
      Object[] arguments =
          Arrays.stream(method.getParameterTypes()).map(ForwardingBackendTest::some).toArray();
      seen.clear();
      method.invoke(forwarding, arguments);
      assertEquals(List.of(method, Arrays.asList(arguments)), seen, method.toString());
    }
  }

  @Test
  void derivesTheRestFromItsOwnInfo() {
    Backend renamed =
        new ForwardingBackend(target) {
          @Override
          public BackendInfo info() {
            return new BackendInfo("before", Precision.FLOAT, 2, "scalar", 4);
          }
        };
    assertEquals("before", renamed.name());
    assertEquals(4, renamed.threads());
    assertSame(INFO, forwarding.info());
  }

  private static Object some(Class<?> type) {
    if (type == int.class) {
      return 11;
    }
    if (type == double.class) {
      return 0.5;
    }
    if (type == boolean.class) {
      return true;
    }
    return null;
  }
}
