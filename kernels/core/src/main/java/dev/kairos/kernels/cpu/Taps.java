// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.cpu;

import dev.kairos.kernels.Conv1dGeometry;
import dev.kairos.kernels.Strided;
import dev.kairos.kernels.host.HostFloats;
import java.util.Arrays;

/**
 * Convolution from what each tap gives, and its gradients: rows of channels shared among threads,
 * each row written once.
 */
final class Taps {
  private final FloatLoops loops;
  private final WorkerPool pool;

  Taps(FloatLoops loops, WorkerPool pool) {
    this.loops = loops;
    this.pool = pool;
  }

  /** Handles one row by number. */
  private interface Row {
    void at(int row);
  }

  private void rows(int count, int width, Row each) {
    int perTask = Blocks.perTask(width);
    pool.run(
        Blocks.count(count, perTask),
        task -> {
          int end = Math.min(count, (task + 1) * perTask);
          for (int row = task * perTask; row < end; row++) {
            each.at(row);
          }
        });
  }

  /** A row of the output adds up its taps in order. */
  void sum(Conv1dGeometry g, Strided taps, Strided f, Strided out) {
    float[] x = HostFloats.values(taps);
    float[] weights = HostFloats.values(f);
    float[] o = HostFloats.values(out);
    int of = g.outputChannels();
    int steps = g.batch() * g.time();
    int outputs = g.outputTime();
    rows(
        f.size(0) * g.batch() * outputs,
        of * g.kernel(),
        row -> {
          int t = row % outputs;
          int recording = row / outputs; // of all rescaled copies, m * N + n
          for (int k = 0; k < g.kernel(); k++) {
            int s = g.inputStep(t, k);
            if (s >= 0 && s < g.time()) {
              int tap = k * steps + recording % g.batch() * g.time() + s;
              float weight = weights[f.offset() + recording * g.time() + s];
              loops.addScaled(weight, x, taps.offset() + tap * of, o, out.offset() + row * of, of);
            }
          }
        });
  }

  /** A row of the taps adds up the output rows it went to, one for each weighing. */
  void spread(Conv1dGeometry g, Strided f, Strided dy, Strided dtaps) {
    float[] weights = HostFloats.values(f);
    float[] y = HostFloats.values(dy);
    float[] o = HostFloats.values(dtaps);
    int of = g.outputChannels();
    int copies = f.size(0);
    int steps = g.batch() * g.time();
    rows(
        g.kernel() * steps,
        of * copies,
        row -> {
          int to = dtaps.offset() + row * of;
          Arrays.fill(o, to, to + of, 0f);
          int step = row % steps; // n * T + s
          int t = g.outputStep(step % g.time(), row / steps);
          if (t < 0) {
            return;
          }
          for (int m = 0; m < copies; m++) {
            int from = (m * g.batch() + step / g.time()) * g.outputTime() + t;
            float weight = weights[f.offset() + m * steps + step];
            loops.addScaled(weight, y, dy.offset() + from * of, o, to, of);
          }
        });
  }

  /** Each weight adds up its taps' products in order. */
  void dot(Conv1dGeometry g, Strided taps, Strided dy, Strided df) {
    float[] x = HostFloats.values(taps);
    float[] y = HostFloats.values(dy);
    float[] o = HostFloats.values(df);
    int of = g.outputChannels();
    int steps = g.batch() * g.time();
    rows(
        df.size(0) * steps,
        of * g.kernel(),
        row -> {
          int recording = row / g.time(); // of all rescaled copies, m * N + n
          float sum = 0;
          for (int k = 0; k < g.kernel(); k++) {
            int t = g.outputStep(row % g.time(), k);
            if (t >= 0) {
              int tap = k * steps + row % steps;
              int from = recording * g.outputTime() + t;
              sum += loops.dot(x, taps.offset() + tap * of, y, dy.offset() + from * of, of);
            }
          }
          o[df.offset() + row] = sum;
        });
  }
}
