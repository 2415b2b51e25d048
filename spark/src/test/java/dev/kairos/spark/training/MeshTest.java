// SPDX-License-Identifier: Apache-2.0
package dev.kairos.spark.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.methods.training.WorkerLostException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MeshTest {
  private static final byte[] TOKEN = {1, 2, 3, 4};
  private static final double WAIT_SECONDS = 20;
  private static final String HOST = "127.0.0.1";

  private final ExecutorService pool = Executors.newCachedThreadPool();

  @AfterEach
  void stop() {
    pool.shutdownNow();
  }

  private List<Mesh> meshes(int count) throws Exception {
    List<Mesh.Door> doors = new ArrayList<>();
    List<String> addresses = new ArrayList<>();
    for (int rank = 0; rank < count; rank++) {
      doors.add(new Mesh.Door(HOST));
      addresses.add(HOST + ":" + doors.get(rank).port());
    }
    knock(doors.get(0).port()); // a stranger comes first
    List<Future<Mesh>> all = new ArrayList<>();
    for (int rank = 0; rank < count; rank++) {
      int own = rank;
      all.add(pool.submit(() -> Mesh.connect(own, doors.get(own), addresses, TOKEN, WAIT_SECONDS)));
    }
    List<Mesh> meshes = new ArrayList<>();
    for (Future<Mesh> each : all) {
      meshes.add(each.get());
    }
    for (Mesh.Door door : doors) {
      door.close();
    }
    return meshes;
  }

  private static void knock(int port) throws IOException {
    try (Socket stranger = new Socket(InetAddress.getLoopbackAddress(), port)) {
      stranger.getOutputStream().write(new byte[] {1, 2, 3, 5, 0, 0, 0, 1});
    }
  }

  @Test
  void allGetThePiecesOfAllInTheirOrder() throws Exception {
    List<Mesh> meshes = meshes(3);
    List<Future<List<byte[]>>> all = new ArrayList<>();
    for (Mesh mesh : meshes) {
      MeshWorkers workers = new MeshWorkers(mesh, WAIT_SECONDS);
      all.add(pool.submit(() -> workers.all("test", 7, piece -> new byte[] {(byte) piece})));
    }
    for (Future<List<byte[]>> each : all) {
      List<byte[]> pieces = each.get();
      assertEquals(7, pieces.size());
      for (int i = 0; i < 7; i++) {
        assertArrayEquals(new byte[] {(byte) i}, pieces.get(i));
      }
    }
    meshes.forEach(Mesh::close);
  }

  @Test
  void whoGoesIsNamedWithWhatHeOwes() throws Exception {
    List<Mesh> meshes = meshes(2);
    meshes.get(1).close();
    MeshWorkers left = new MeshWorkers(meshes.get(0), WAIT_SECONDS);
    WorkerLostException lost =
        assertThrows(
            WorkerLostException.class,
            () -> left.all("basnet, step 7", 2, piece -> new byte[1 << 20]));
    String message = String.valueOf(lost.getMessage());
    assertTrue(message.contains("basnet, step 7: worker 1 at /127.0.0.1:"), message);
    meshes.get(0).close();
  }

  @Test
  void whoIsSilentIsNamedToo() throws Exception {
    List<Mesh> meshes = meshes(2);
    MeshWorkers waiting = new MeshWorkers(meshes.get(1), 0.1);
    WorkerLostException lost =
        assertThrows(
            WorkerLostException.class, () -> waiting.all("labels", 1, piece -> new byte[0]));
    String message = String.valueOf(lost.getMessage());
    assertTrue(message.contains("labels: worker 0 at"), message);
    assertTrue(message.contains("gave nothing for 0.1 s"), message);
    meshes.forEach(Mesh::close);
  }

  @Test
  void whoNeverCameIsNamed() throws Exception {
    try (Mesh.Door door = new Mesh.Door(HOST)) {
      List<String> addresses = List.of(HOST + ":" + door.port(), "elsewhere:1");
      WorkerLostException lost =
          assertThrows(
              WorkerLostException.class, () -> Mesh.connect(0, door, addresses, TOKEN, 0.2));
      String message = String.valueOf(lost.getMessage());
      assertTrue(message.contains("worker 1 at elsewhere:1"), message);
    }
  }
}
