// SPDX-License-Identifier: Apache-2.0
package dev.kairos.bench;

import dev.kairos.lp.LinearProgram;
import dev.kairos.lp.linpro.LinProOptions;
import dev.kairos.lp.linpro.LinProProblem;
import dev.kairos.lp.linpro.LinProSolver;
import java.time.Duration;
import java.util.List;

/** All problems of a {@link LinProCase} in turn; the answer is their objectives. */
final class LinProContenders {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private LinProContenders() {}

  static Contender open(String peer, LinProCase given) {
    if (peer.equals(Peers.KAIROS)) {
      return new Ours(given);
    }
    LpPeer found =
        LpPeer.find(peer.equals(Peers.REFERENCE) ? Peers.KAIROS : peer)
            .orElseThrow(() -> new MissingPeerException(peer, "not on the class path"));
    List<LinearProgram> programs = given.problems().stream().map(given::collapsed).toList();
    return new Theirs(
        programs, programs.stream().map(program -> found.open(program, false, LIMIT)).toList());
  }

  /** LinPro's own solver, from the cuts to the label of every snippet. */
  private static final class Ours implements Contender {
    private final List<LinProProblem> problems;
    private final LinProSolver solver;
    private final double[] label;

    Ours(LinProCase given) {
      problems = given.problems();
      solver = new LinProSolver(LinProOptions.strict(given.form()));
      label = new double[given.length()];
    }

    @Override
    public void run() {
      for (LinProProblem problem : problems) {
        solver.solve(problem);
        solver.label(label);
      }
    }

    /** Of the labels themselves, so that the lift is checked too. */
    @Override
    public double[] answer() {
      double[] objectives = new double[problems.size()];
      for (int p = 0; p < objectives.length; p++) {
        solver.solve(problems.get(p));
        solver.label(label);
        for (double value : label) {
          objectives[p] += Math.abs(value);
        }
        if (solver.residual() > 1e-9) {
          objectives[p] = Double.NaN;
        }
      }
      return objectives;
    }

    @Override
    public void close() {}
  }

  /** Another library on the collapsed programs: its model is built and solved every time. */
  private record Theirs(List<LinearProgram> programs, List<LpContender> contenders)
      implements Contender {
    @Override
    public void run() {
      for (LpContender contender : contenders) {
        contender.build();
        contender.solve();
      }
    }

    @Override
    public double[] answer() {
      run();
      double[] objectives = new double[programs.size()];
      for (int p = 0; p < objectives.length; p++) {
        objectives[p] = LpCheck.objective(programs.get(p), contenders.get(p).point(), 1e-9);
      }
      return objectives;
    }

    @Override
    public void close() {
      contenders.forEach(LpContender::close);
    }
  }
}
