// SPDX-License-Identifier: Apache-2.0
package dev.kairos.spark.training;

import dev.kairos.methods.training.WorkerLostException;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Connections from one worker to all others. A stranger who does not know the token of the job is
 * turned away; each worker listens on its own address alone, and only until all are there.
 */
final class Mesh implements AutoCloseable {
  private static final int GREETING_MILLIS = 10_000;
  private static final int POLL_MILLIS = 500;

  private final int rank;
  private final @Nullable Peer[] peers; // null at rank

  private Mesh(int rank, int count) {
    this.rank = rank;
    this.peers = new @Nullable Peer[count];
  }

  /** Where a worker listens for the others, before it knows them. */
  static final class Door implements AutoCloseable {
    private final ServerSocket server;

    /**
     * Opens a port.
     *
     * @param host this worker's name or address, as the others know it
     */
    Door(String host) throws IOException {
      server = new ServerSocket();
      server.bind(new InetSocketAddress(InetAddress.getByName(host), 0));
    }

    int port() {
      return server.getLocalPort();
    }

    @Override
    public void close() throws IOException {
      server.close();
    }
  }

  /**
   * Connects to all other workers.
   *
   * @param door of this worker
   * @param addresses of all, {@code host:port} by rank
   * @param token of this attempt of the job, which all know
   * @param longestSeconds how long to wait for the others
   * @throws WorkerLostException naming those who did not come
   */
  static Mesh connect(
      int rank, Door door, List<String> addresses, byte[] token, double longestSeconds)
      throws IOException {
    Mesh mesh = new Mesh(rank, addresses.size());
    try {
      for (int other = 0; other < rank; other++) {
        mesh.call(other, addresses.get(other), token);
      }
      mesh.welcome(door.server, addresses, token, longestSeconds);
      return mesh;
    } catch (IOException | RuntimeException e) {
      mesh.close();
      throw e;
    }
  }

  private void call(int other, String address, byte[] token) {
    int colon = address.lastIndexOf(':');
    InetSocketAddress place =
        new InetSocketAddress(
            address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)));
    Socket socket = new Socket();
    try {
      socket.connect(place, GREETING_MILLIS);
      socket.setTcpNoDelay(true);
      DataOutputStream out = new DataOutputStream(socket.getOutputStream());
      out.write(token);
      out.writeInt(rank);
      peers[other] = new Peer(other, socket);
    } catch (IOException e) {
      closeQuietly(socket);
      throw new WorkerLostException(
          "worker " + other + " at " + address + " cannot be reached: " + e.getMessage(), e);
    }
  }

  private void welcome(
      ServerSocket server, List<String> addresses, byte[] token, double longestSeconds)
      throws IOException {
    server.setSoTimeout(POLL_MILLIS);
    long deadline = System.nanoTime() + (long) (longestSeconds * 1e9);
    while (!missing().isEmpty()) {
      if (System.nanoTime() > deadline || Thread.currentThread().isInterrupted()) {
        List<String> gone = missing().stream().map(other -> name(other, addresses)).toList();
        throw new WorkerLostException(
            "for %.0f s there came nobody from %s"
                .formatted(longestSeconds, String.join(", ", gone)),
            null);
      }
      try {
        greet(server.accept(), token);
      } catch (SocketTimeoutException nobodyYet) {
        // time to look at the clock
      }
    }
  }

  private static String name(int other, List<String> addresses) {
    return "worker " + other + " at " + addresses.get(other);
  }

  /** Those of higher rank who are not connected. */
  private List<Integer> missing() {
    List<Integer> missing = new ArrayList<>();
    for (int other = rank + 1; other < peers.length; other++) {
      if (peers[other] == null) {
        missing.add(other);
      }
    }
    return missing;
  }

  private void greet(Socket socket, byte[] token) {
    try {
      socket.setSoTimeout(GREETING_MILLIS);
      socket.setTcpNoDelay(true);
      DataInputStream in = new DataInputStream(socket.getInputStream());
      byte[] said = new byte[token.length];
      in.readFully(said);
      int other = in.readInt();
      if (MessageDigest.isEqual(said, token)
          && other > rank
          && other < peers.length
          && peers[other] == null) {
        socket.setSoTimeout(0);
        peers[other] = new Peer(other, socket);
        return;
      }
    } catch (IOException e) {
      closeQuietly(socket); // whoever it was, it was none of ours
      return;
    }
    closeQuietly(socket);
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      return; // it is of no use either way
    }
  }

  int rank() {
    return rank;
  }

  /** Number of workers, this one too. */
  int count() {
    return peers.length;
  }

  /** The connection to another worker. */
  Peer peer(int other) {
    Peer peer = peers[other];
    if (peer == null) {
      throw new IllegalStateException("no connection from worker " + rank + " to " + other);
    }
    return peer;
  }

  @Override
  public void close() {
    for (Peer peer : peers) {
      if (peer != null) {
        peer.close();
      }
    }
  }
}
