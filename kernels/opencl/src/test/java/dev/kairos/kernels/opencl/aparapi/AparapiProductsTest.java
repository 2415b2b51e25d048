// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.opencl.aparapi;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.kernels.Backend;
import dev.kairos.kernels.BackendOptions;
import dev.kairos.kernels.BackendUnavailableException;
import dev.kairos.kernels.Backends;
import dev.kairos.kernels.Buffer;
import dev.kairos.kernels.Conv1dGeometry;
import dev.kairos.kernels.Strided;
import dev.kairos.kernels.opencl.KernelShape;
import dev.kairos.kernels.opencl.OpenClException;
import dev.kairos.kernels.opencl.OpenClHere;
import dev.kairos.kernels.opencl.WorkRange;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Products on the device against those of the scalar backend, cut for both sorts of devices. */
@ExtendWith(OpenClHere.class)
class AparapiProductsTest {
  private static final BackendOptions ONE = BackendOptions.of(1);
  private static final Conv1dGeometry STRIDED = new Conv1dGeometry(2, 19, 5, 7, 3, 2, 3, 2);
  private static final KernelShape SMALL_TILES =
      KernelShape.graphics(new KernelShape.Tile(16, 16, 8, 4, 4));

  private static AparapiBackend open(KernelShape shape) {
    return AparapiBackend.open(ONE, Aparapi.device(""), shape, 0);
  }

  /** One call on views that are filled alike on each backend; the last is written. */
  private interface Call {
    void on(Backend backend, Strided[] views);
  }

  private static float[] result(Backend backend, int[][] sizes, Call call) {
    SplittableRandom random = new SplittableRandom(3);
    Strided[] views = new Strided[sizes.length];
    for (int i = 0; i < sizes.length; i++) {
      int count = 1;
      for (int size : sizes[i]) {
        count *= size;
      }
      float[] values = new float[count];
      for (int j = 0; j < count; j++) {
        values[j] = random.nextFloat() - 0.5f;
      }
      Buffer buffer = backend.allocate(count);
      backend.write(buffer, 0, values, 0, count);
      views[i] = Strided.contiguous(buffer, sizes[i]);
    }
    call.on(backend, views);
    float[] out = new float[views[views.length - 1].count()];
    backend.read(views[views.length - 1].buffer(), 0, out, 0, out.length);
    return out;
  }

  private static void agree(Backend device, int[][] sizes, Call call) {
    try (Backend host = Backends.open("scalar", ONE)) {
      assertArrayEquals(result(host, sizes, call), result(device, sizes, call), 2e-5f);
    }
  }

  private static void agree(Backend device) {
    int[][] product = {{3, 37, 29}, {3, 29, 41}, {3, 37, 41}};
    agree(device, product, (backend, v) -> backend.matmul(v[0], v[1], false, v[2]));
    agree(device, product, (backend, v) -> backend.matmul(v[0], v[1], true, v[2]));
    int[][] few = {{5, 3000}, {3000, 3}, {5, 3}};
    agree(device, few, (backend, v) -> backend.matmul(v[0], v[1], true, v[2]));
    Conv1dGeometry g = STRIDED;
    int[] x = {g.batch(), g.time(), g.inputChannels()};
    int[] w = {g.kernel(), g.inputChannels(), g.outputChannels()};
    int[] y = {g.batch(), g.outputTime(), g.outputChannels()};
    agree(device, new int[][] {x, w, y}, (backend, v) -> backend.conv1d(g, v[0], v[1], v[2]));
    agree(
        device,
        new int[][] {y, w, x},
        (backend, v) -> backend.conv1dInputGradient(g, v[0], v[1], v[2]));
    agree(
        device,
        new int[][] {x, y, w},
        (backend, v) -> backend.conv1dWeightGradient(g, v[0], v[1], v[2]));
  }

  @Test
  void panelsOfAProcessorAgreeWithTheHost() {
    try (Backend device = open(KernelShape.PROCESSOR)) {
      agree(device);
    }
  }

  @Test
  void tilesOfAGraphicsProcessorAgreeWithTheHost() {
    try (Backend device = open(SMALL_TILES)) {
      agree(device);
    }
  }

  /** Otherwise the driver would have several buffers in one place. */
  @Test
  void oneBufferCanBeAllThreeOperands() {
    Call call =
        (backend, v) -> {
          Buffer one = v[0].buffer();
          Strided left = v[0].view(0, new int[] {8, 8}, new int[] {8, 1});
          Strided turned = v[0].view(0, new int[] {8, 8}, new int[] {1, 8});
          backend.matmul(left, turned, true, v[0].view(64, new int[] {8, 8}, new int[] {8, 1}));
          assertEquals(128, one.length());
        };
    int[][] sizes = {{128}};
    try (Backend device = open(SMALL_TILES)) {
      agree(device, sizes, call);
    }
    try (Backend device = open(KernelShape.PROCESSOR)) {
      agree(device, sizes, call);
    }
  }

  @Test
  void refusesViewsThatReachOutOfTheirBuffers() {
    try (Backend device = open(KernelShape.PROCESSOR)) {
      Strided a = Strided.contiguous(device.allocate(12), 3, 4);
      Strided b = Strided.contiguous(device.allocate(19), 4, 5);
      Strided out = Strided.contiguous(device.allocate(15), 3, 5);
      IllegalArgumentException e =
          assertThrows(IllegalArgumentException.class, () -> device.matmul(a, b, false, out));
      assertTrue(String.valueOf(e.getMessage()).contains("of a buffer of 19"), e.getMessage());
    }
  }

  @Test
  void textsThatDoNotCompileAreABuildError() {
    AparapiDevices.Found device = Aparapi.device("");
    OpenClException e =
        assertThrows(
            OpenClException.class,
            () -> new HostProgram(device, "kernel void lanes(", LaneKernel.class));
    assertEquals(OpenClException.Kind.BUILD, e.kind());
    OpenClException other =
        assertThrows(
            OpenClException.class,
            () ->
                new HostProgram(device, "kernel void other(global int *out) {}", LaneKernel.class));
    assertEquals(OpenClException.Kind.BUILD, other.kind());
  }

  @Test
  void aClosedProgramIsNotCalled() {
    HostProgram program =
        new HostProgram(
            Aparapi.device(""),
            "kernel void lanes(global int *out) { out[0] = 5; }",
            LaneKernel.class);
    int[] out = {0};
    program.run("lanes", WorkRange.of(1, 1), out);
    assertEquals(5, out[0]);
    program.close();
    program.close();
    assertThrows(IllegalStateException.class, () -> program.run("lanes", WorkRange.of(1, 1), out));
  }

  @Test
  void aDeviceIsChosenByNumberAndByName() {
    AparapiDevices.Found first = Aparapi.device("");
    assertEquals(first.info(), Aparapi.device("0").info());
    assertEquals(first.info(), Aparapi.device(first.info().described()).info());
    BackendUnavailableException e =
        assertThrows(BackendUnavailableException.class, () -> Aparapi.device("no such device"));
    assertTrue(e.hint().orElse("").contains(first.info().name()));
    assertTrue(new AparapiProvider().devices().contains(first.info().described()));
  }

  @Test
  void saysWhatComputes() {
    try (AparapiBackend device = AparapiBackend.open(ONE);
        Backend host = Backends.open(Backends.CPU, ONE)) {
      assertEquals("aparapi", device.name());
      assertTrue(device.arithmetic().startsWith(host.arithmetic() + "-aparapi-"));
      assertEquals(host.lanes(), device.lanes());
    }
  }
}
