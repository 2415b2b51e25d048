// SPDX-License-Identifier: Apache-2.0
package dev.kairos.spark.training;

import dev.kairos.methods.training.WorkerLostException;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The connection to another worker. What comes is read at once, by a thread of its own, and kept
 * until it is asked for: whoever sends never waits for somebody who sends as well.
 */
final class Peer implements AutoCloseable {
  private static final int BUFFER = 1 << 16;

  private final int rank;
  private final Socket socket;
  private final DataOutputStream out;
  private final Map<Frame, byte[]> inbox = new HashMap<>(); // guarded by itself
  private @Nullable IOException ended; // guarded by inbox
  private long waitedNanos;

  /**
   * Begins to read.
   *
   * @param rank the other worker's number
   * @param socket connected, with nothing read or written beyond the greeting
   */
  Peer(int rank, Socket socket) throws IOException {
    this.rank = rank;
    this.socket = socket;
    this.out = new DataOutputStream(socket.getOutputStream());
    Thread reader = new Thread(this::read, "kairos-worker-" + rank);
    reader.setDaemon(true);
    reader.start();
  }

  private void read() {
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(socket.getInputStream(), BUFFER))) {
      while (true) {
        Frame frame = new Frame(in.readLong(), in.readInt());
        byte[] content = new byte[in.readInt()];
        in.readFully(content);
        synchronized (inbox) {
          inbox.put(frame, content);
          inbox.notifyAll();
        }
      }
    } catch (EOFException e) {
      end(new EOFException("it ended, or closed the connection"));
    } catch (IOException e) {
      end(e);
    }
  }

  private void end(IOException reason) {
    synchronized (inbox) {
      ended = reason;
      inbox.notifyAll();
    }
  }

  /**
   * Sends a message.
   *
   * @param what is sent, for the message if it cannot be
   */
  void send(String what, Frame frame, byte[] content) {
    try {
      byte[] head = new byte[Long.BYTES + 2 * Integer.BYTES];
      ByteBuffer.wrap(head).putLong(frame.exchange()).putInt(frame.piece()).putInt(content.length);
      out.write(head);
      out.write(content);
    } catch (IOException e) {
      throw new WorkerLostException(what + ": " + this + " takes nothing more: " + said(e), e);
    }
  }

  /**
   * Takes a message that was sent or will be.
   *
   * @param what is waited for, for the message if it does not come
   * @param longestSeconds how long to wait
   */
  byte[] take(String what, Frame frame, double longestSeconds) {
    long begun = System.nanoTime();
    long deadline = begun + (long) (longestSeconds * 1e9);
    synchronized (inbox) {
      try {
        while (!inbox.containsKey(frame)) {
          IOException reason = ended;
          if (reason != null) {
            throw new WorkerLostException(what + ": " + this + " is gone: " + said(reason), reason);
          }
          long left = deadline - System.nanoTime();
          if (left <= 0) {
            throw new WorkerLostException(
                "%s: %s gave nothing for %.1f s".formatted(what, this, longestSeconds), null);
          }
          TimeUnit.NANOSECONDS.timedWait(inbox, left);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new WorkerLostException(what + ": interrupted while waiting for " + this, e);
      }
      waitedNanos += System.nanoTime() - begun;
      byte[] content = inbox.remove(frame);
      if (content == null) {
        throw new IllegalStateException(what + ": taken twice");
      }
      return content;
    }
  }

  /** Seconds that {@link #take} has waited in all. */
  double waited() {
    return waitedNanos * 1e-9;
  }

  private static String said(IOException e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      end(e); // nothing is left to be done about it
    }
  }

  @Override
  public String toString() {
    return "worker " + rank + " at " + socket.getRemoteSocketAddress();
  }
}
