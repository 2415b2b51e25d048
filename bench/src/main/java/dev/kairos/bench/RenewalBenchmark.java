// SPDX-License-Identifier: Apache-2.0
package dev.kairos.bench;

import dev.kairos.lp.LinearProgram;
import dev.kairos.lp.linpro.Choice;
import dev.kairos.lp.linpro.LinProOptions;
import dev.kairos.lp.linpro.LinProProblem;
import dev.kairos.lp.linpro.LinProSolver;
import dev.kairos.methods.pseudolabel.LabelRenewal;
import dev.kairos.methods.pseudolabel.LinProLabels;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How long do the programs of a {@link RenewalCase} take? Ours from the instances to the labels of
 * all snippets, of least norm and, in a second line, of a vertex; the others from the collapsed
 * programs to their optima.
 */
final class RenewalBenchmark {
  static final String VERTEX = Peers.KAIROS + " (vertex)";
  static final List<String> OTHERS = List.of(Peers.OJALGO, "glop");

  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final double AGREES = 1e-7;
  private static final int WARM_UP = 6;
  private static final int ROUNDS = 9;

  private RenewalBenchmark() {}

  /**
   * Checks and times the peers.
   *
   * @param peers ours, {@link #VERTEX}, of {@link #OTHERS}
   * @return a line for each: milliseconds a renewal, the median over rounds, and in place of the
   *     objective how many programs it solved, by the objective of our general solver
   */
  static List<LpNumbers.Line> measure(RenewalCase given, List<String> peers) {
    List<LabelRenewal.Instances> recordings = given.instances();
    List<LinProProblem> problems = RenewalCase.problems(recordings);
    List<LinearProgram> programs = problems.stream().map(RenewalCase::collapsed).toList();
    double[] expected = theirs(Peers.KAIROS, programs).answer();
    Map<String, Contender> open = new LinkedHashMap<>();
    Map<String, Integer> right = new LinkedHashMap<>();
    for (String peer : peers) {
      Choice choice = peer.equals(VERTEX) ? Choice.VERTEX : Choice.LEAST_NORM;
      boolean own = peer.equals(Peers.KAIROS) || peer.equals(VERTEX);
      Contender contender = own ? new Ours(recordings, problems, choice) : theirs(peer, programs);
      right.put(peer, agreeing(expected, contender.answer()));
      open.put(peer, contender);
    }
    Map<String, List<Double>> times = new LinkedHashMap<>();
    for (int round = -WARM_UP; round < ROUNDS; round++) {
      boolean counts = round >= 0;
      open.forEach(
          (peer, contender) -> {
            double milliseconds = CpuClock.time(contender::run) / 1e6;
            if (counts) {
              times.computeIfAbsent(peer, p -> new ArrayList<>()).add(milliseconds);
            }
          });
    }
    List<LpNumbers.Line> lines = new ArrayList<>();
    times.forEach(
        (peer, own) ->
            lines.add(
                new LpNumbers.Line(
                    given.toString(),
                    peer,
                    "solved",
                    Report.median(own.stream().mapToDouble(Double::doubleValue).toArray()),
                    right.getOrDefault(peer, 0))));
    open.values().forEach(Contender::close);
    return lines;
  }

  private static int agreeing(double[] expected, double[] answer) {
    int agreeing = 0;
    for (int p = 0; p < expected.length; p++) {
      double allowed = AGREES * (1 + Math.abs(expected[p]));
      agreeing += Math.abs(expected[p] - answer[p]) <= allowed ? 1 : 0;
    }
    return agreeing;
  }

  private static Theirs theirs(String peer, List<LinearProgram> programs) {
    LpPeer found =
        LpPeer.find(peer)
            .orElseThrow(() -> new MissingPeerException(peer, "not on the class path"));
    return new Theirs(
        programs, programs.stream().map(program -> found.open(program, false, LIMIT)).toList());
  }

  /**
   * The table.
   *
   * @param rows what {@link #measure} found, read from the file of raw numbers
   */
  static String text(LpNumbers rows) {
    StringBuilder text = new StringBuilder("| renewal |");
    rows.peers().forEach(peer -> text.append(" ").append(peer).append(", ms |"));
    text.append("\n|---|").append("---:|".repeat(rows.peers().size())).append("\n");
    for (String name : rows.cases()) {
      text.append("| ").append(name).append(" |");
      for (String peer : rows.peers()) {
        text.append(String.format(Locale.ROOT, " %.0f |", rows.value(name, peer)));
      }
      text.append("\n| its programs solved |");
      for (String peer : rows.peers()) {
        text.append(String.format(Locale.ROOT, " %.0f |", rows.objective(name, peer)));
      }
      text.append("\n");
    }
    return text.toString();
  }

  /** From instances to labels, in one thread. */
  private record Ours(
      List<LabelRenewal.Instances> recordings, List<LinProProblem> problems, Choice choice)
      implements Contender {
    @Override
    public void run() {
      LinProLabels.Options program = RenewalCase.options().program();
      LabelRenewal.Options options =
          new LabelRenewal.Options(
              LabelRenewal.Mode.SOLVE,
              new LinProLabels.Options(
                  program.weighting(),
                  program.form(),
                  program.margin(),
                  program.onInfeasible(),
                  program.penalty(),
                  choice));
      LabelRenewal.make(recordings, recordings.get(0).channels().size(), options, 1);
    }

    /** Of the same programs, by the solver itself, which also has the objectives. */
    @Override
    public double[] answer() {
      LinProLabels.Options program = RenewalCase.options().program();
      LinProOptions options = LinProOptions.elastic(program.form(), program.penalty());
      LinProSolver solver = new LinProSolver(options.withChoice(choice));
      double[] objectives = new double[problems.size()];
      for (int p = 0; p < objectives.length; p++) {
        solver.solve(problems.get(p));
        objectives[p] = solver.choice() == choice ? solver.objective() : Double.NaN;
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
        contender.close();
      }
    }

    @Override
    public double[] answer() {
      double[] objectives = new double[programs.size()];
      for (int p = 0; p < objectives.length; p++) {
        contenders.get(p).build();
        contenders.get(p).solve();
        objectives[p] = LpCheck.objective(programs.get(p), contenders.get(p).point(), 1e-7);
        contenders.get(p).close();
      }
      return objectives;
    }

    @Override
    public void close() {}
  }
}
