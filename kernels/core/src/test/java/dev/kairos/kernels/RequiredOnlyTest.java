// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.kernels.contract.BackendContract;
import dev.kairos.kernels.reference.ReferenceBackend;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What a device must have is enough: all that is composed of it keeps the contract. */
class RequiredOnlyTest extends BackendContract {
  @Override
  protected Backend open(int threads) {
    return new RequiredOnlyBackend(new ReferenceBackend());
  }

  private static Set<String> signatures(Class<?> type, boolean required) {
    return Arrays.stream(type.getDeclaredMethods())
        .filter(m -> !m.isSynthetic() && Modifier.isPublic(m.getModifiers()))
        .filter(m -> !required || Modifier.isAbstract(m.getModifiers()))
        .map(RequiredOnlyTest::signature)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String signature(Method method) {
    return method.getName() + Arrays.toString(method.getParameterTypes());
  }

  /** What is composed gives every buffer back that it took, even where it fails. */
  @Test
  void composedPrimitivesGiveTheirBuffersBack() {
    RequiredOnlyBackend backend = new RequiredOnlyBackend(new ReferenceBackend());
    Strided rows = Strided.contiguous(backend.allocate(6), 2, 3);
    Strided others = Strided.contiguous(backend.allocate(6), 2, 3);
    backend.fill(rows, 1);
    for (RowFunction f : RowFunction.values()) {
      backend.rows(f, 1e-5, rows, others);
    }
    backend.adam(
        new AdamStep(0.1, 0.9, 0.999, 1e-8, 0, 0, 1, 1),
        rows.buffer(),
        others.buffer(),
        others.buffer(),
        others.buffer());
    Strided singular = new Strided(rows.buffer(), 0, new int[] {1, 2, 2}, new int[] {0, 0, 0});
    assertThrows(
        SingularMatrixException.class,
        () -> backend.solve(singular, singular, Strided.contiguous(others.buffer(), 1, 2, 2)));
    assertEquals(2, backend.open());
  }

  @Test
  void aDeviceNeedsTwentyMethods() {
    Set<String> required = signatures(Backend.class, true);
    assertEquals(required, signatures(RequiredOnlyBackend.class, false));
    assertTrue(required.size() <= 20, required.size() + ": " + required);
  }
}
