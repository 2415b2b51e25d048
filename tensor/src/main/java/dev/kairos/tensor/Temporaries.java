// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The tensors made in a scope from some moment on, by a long computation that needs few of them at
 * once: it says which ones, and the memory of all others goes back to the engine's pool before the
 * scope closes. What was given back must not be used any more, and does not say so: this is for a
 * computation that hands out nothing but what it keeps.
 */
public final class Temporaries {
  private final Engine engine;
  private final List<Storage> made; // in the scope, those before included
  private final int from;

  /**
   * Those to come.
   *
   * @param made what a scope holds so far, which grows with it
   */
  Temporaries(Engine engine, List<Storage> made) {
    this.engine = engine;
    this.made = made;
    this.from = made.size();
  }

  /**
   * Gives back the memory of all but some. The scope must be the innermost again.
   *
   * @param kept what is still needed, null where there is nothing; older tensors are no matter
   */
  public void releaseAllBut(@Nullable Tensor[] kept) {
    engine.release(made, from, kept);
  }
}
