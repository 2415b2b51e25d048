// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BackendsTest {
  private static final String PROPERTY = "kairos.backend";

  private final Optional<String> before = Optional.ofNullable(System.getProperty(PROPERTY));

  @AfterEach
  void restoreTheProperty() {
    before.ifPresentOrElse(
        name -> System.setProperty(PROPERTY, name), () -> System.clearProperty(PROPERTY));
  }

  @Test
  void findsTheProvidersBestFirst() {
    List<BackendProvider> providers = Backends.providers();
    List<String> names = providers.stream().map(BackendProvider::name).toList();
    assertTrue(names.containsAll(List.of("scalar", "reference")), names.toString());
    for (int i = 1; i < providers.size(); i++) {
      assertTrue(providers.get(i - 1).priority() >= providers.get(i).priority(), names.toString());
    }
  }

  /** As in a program whose plug-in Kairos is: its threads carry the loader of the program. */
  @Test
  void findsThemWhateverTheContextClassLoader() {
    Thread thread = Thread.currentThread();
    ClassLoader own = thread.getContextClassLoader();
    int all = Backends.providers().size();
    try {
      thread.setContextClassLoader(null);
      assertEquals(all, Backends.providers().size(), "none");
      thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());
      assertEquals(all, Backends.providers().size(), "the platform's");
    } finally {
      thread.setContextClassLoader(own);
    }
  }

  /** As in a jar that was put together of several and lost its service files. */
  @Test
  void findsItsOwnWhenNoServiceFileNamesThem() {
    List<String> own = Backends.withOwn(List.of()).stream().map(BackendProvider::name).toList();
    assertEquals(List.of("scalar", "reference"), own);
    assertEquals(
        Backends.providers().stream().map(BackendProvider::name).toList(),
        Backends.withOwn(Backends.providers()).stream().map(BackendProvider::name).toList());
  }

  @Test
  void opensByName() {
    try (Backend reference = Backends.open("reference", BackendOptions.of(2));
        Backend scalar = Backends.open("scalar", BackendOptions.of(2))) {
      assertEquals("reference", reference.name());
      assertEquals(Precision.DOUBLE, reference.precision());
      assertEquals("scalar", scalar.name());
      assertEquals(Precision.FLOAT, scalar.precision());
      assertEquals(2, scalar.threads());
      assertEquals(1, scalar.lanes());
      assertEquals("reference", reference.arithmetic());
      assertEquals("scalar", scalar.arithmetic());
    }
  }

  @Test
  void cpuNeverMeansTheReference() {
    System.clearProperty(PROPERTY);
    try (Backend named = Backends.open(Backends.CPU, BackendOptions.of(1));
        Backend best = Backends.open(BackendOptions.of(1))) {
      assertEquals(Precision.FLOAT, named.precision());
      assertEquals(named.name(), best.name());
    }
  }

  @Test
  void thePropertyNamesTheBackend() {
    System.setProperty(PROPERTY, "reference");
    try (Backend backend = Backends.open(BackendOptions.of(1))) {
      assertEquals("reference", backend.name());
    }
    System.setProperty(PROPERTY, "abacus");
    assertThrows(BackendUnavailableException.class, () -> Backends.open(BackendOptions.of(1)));
  }

  @Test
  void anUnknownNameIsAnsweredWithTheKnownOnes() {
    BackendUnavailableException e =
        assertThrows(
            BackendUnavailableException.class, () -> Backends.open("abacus", BackendOptions.of(1)));
    assertEquals("no backend is called abacus", e.getMessage());
    assertEquals("KDEV-001", e.code());
    String hint = e.hint().orElseThrow();
    assertTrue(hint.startsWith("choose one of: cpu, "), hint);
    assertTrue(hint.contains("scalar") && hint.contains("reference"), hint);
  }

  @Test
  void thereIsAtLeastOneThread() {
    for (int threads : new int[] {0, -3}) {
      IllegalArgumentException e =
          assertThrows(
              IllegalArgumentException.class,
              () -> Backends.open("scalar", BackendOptions.of(threads)));
      assertEquals("backend: threads must be at least 1: " + threads, e.getMessage());
    }
  }
}
