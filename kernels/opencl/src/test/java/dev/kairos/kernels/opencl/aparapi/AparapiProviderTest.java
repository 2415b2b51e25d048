// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.opencl.aparapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.kernels.BackendProvider;
import dev.kairos.kernels.Backends;
import java.util.List;
import org.junit.jupiter.api.Test;

class AparapiProviderTest {
  @Test
  void isFoundAndOnlyChosenByName() {
    List<BackendProvider> found =
        Backends.providers().stream().filter(each -> each.name().equals("aparapi")).toList();
    assertEquals(1, found.size());
    assertTrue(found.get(0).priority() < 0);
  }

  @Test
  void saysWhatIsMissing() {
    Throwable denied = new IllegalCallerException("restricted");
    assertTrue(
        AparapiProvider.reason(new ExceptionInInitializerError(denied))
            .contains("--enable-native-access"));
    LinkageError second = new NoClassDefFoundError("Could not initialize class X");
    second.initCause(new ExceptionInInitializerError(denied));
    assertTrue(AparapiProvider.reason(second).contains("--enable-native-access"));
    assertTrue(
        AparapiProvider.reason(new NoClassDefFoundError("com/aparapi/device/Device"))
            .contains("class path"));
    assertTrue(AparapiProvider.reason(new UnsatisfiedLinkError("odd")).contains("odd"));
  }

  /** Also where there is no device: it is asked, and it answers. */
  @Test
  void alwaysAnswers() {
    assertFalse(new AparapiProvider().availability().reason().isBlank());
  }
}
