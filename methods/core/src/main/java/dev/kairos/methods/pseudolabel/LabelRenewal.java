// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.pseudolabel;

import dev.kairos.lp.linpro.LinProBatch;
import dev.kairos.lp.linpro.LinProSolver;
import dev.kairos.lp.linpro.LinProStatus;
import dev.kairos.methods.files.Plural;
import dev.kairos.methods.proposal.OuterMargin;
import dev.kairos.methods.pseudolabel.LinProLabels.OnInfeasible;
import dev.kairos.methods.settings.Settings;
import dev.kairos.methods.tal.Proposal;
import java.util.List;
import java.util.Locale;

/**
 * One generation of soft labels: the fused instances of every recording and class, each turned into
 * the values of a channel.
 *
 * @param labels of all snippets of each recording
 * @param counts how it went
 */
public record LabelRenewal(SoftLabels labels, Counts counts) {
  private static final double MISSED = 1e-6;

  /** How instances become values. */
  public enum Mode {
    /** By the program of {@link LinProLabels#solve}. */
    SOLVE,
    /** Their insides have 1, as {@link LinProLabels#hard} gives it. */
    HARD
  }

  /**
   * Which labels are meant.
   *
   * @param mode how instances become values
   * @param program what {@link Mode#SOLVE} solves
   */
  public record Options(Mode mode, LinProLabels.Options program) {
    /** Those of the published code, made unique. */
    public static Options defaults() {
      return new Options(Mode.SOLVE, LinProLabels.Options.defaults());
    }

    /**
     * Reads the keys that begin with {@code linpro.}: {@code mode}, {@code weighting}, {@code
     * form}, {@code margin} and {@code marginExponent}, {@code onInfeasible}, {@code penalty}.
     *
     * @param published what is meant where nothing is said
     */
    public static Options read(Settings settings, Options published) {
      LinProLabels.Options program = published.program();
      return new Options(
          settings.choice("linpro.mode", published.mode()),
          new LinProLabels.Options(
              settings.choice("linpro.weighting", program.weighting()),
              settings.choice("linpro.form", program.form()),
              new OuterMargin(
                  settings.number("linpro.margin", program.margin().factor(), 0, 10),
                  settings.number("linpro.marginExponent", program.margin().exponent(), 0.001, 1)),
              settings.choice("linpro.onInfeasible", program.onInfeasible()),
              settings.number("linpro.penalty", program.penalty(), 1e-6, 1e9),
              program.choice()));
    }
  }

  /**
   * What there is to label in one recording.
   *
   * @param recording its name
   * @param length number of snippets, T
   * @param channels the instances of each of K channels, {@code [K]}; empty for one without any
   */
  public record Instances(String recording, int length, List<List<Proposal>> channels) {}

  /**
   * How the programs of a generation went. A contradiction is a program that cannot give all
   * instances their scores: one score is missed by more than 1e-6, or instances were left out, or
   * the label was left at 0.
   *
   * @param programs number of recordings' classes with an instance, for which a program was solved
   * @param contradictions how many of them are contradictions
   * @param recordings how many recordings have a contradiction
   * @param largestResidual the most by which the label of a program misses a score, of instances
   *     that were not left out; labels left at 0 do not count
   * @param vertices programs that asked for the label of least norm and kept a vertex, see {@link
   *     LinProSolver#choice()}
   */
  public record Counts(
      int programs, int contradictions, int recordings, double largestResidual, int vertices) {
    /** None. */
    public static final Counts NONE = new Counts(0, 0, 0, 0, 0);

    /** Of these recordings and others together. */
    public Counts plus(Counts others) {
      return new Counts(
          programs + others.programs,
          contradictions + others.contradictions,
          recordings + others.recordings,
          Math.max(largestResidual, others.largestResidual),
          vertices + others.vertices);
    }

    /** A sentence for the progress of a training. */
    public String sentence() {
      return Plural.of(programs, "label program")
          + (contradictions == 0
              ? " without contradiction"
              : String.format(
                  Locale.ROOT,
                  ", %d with contradictions, in %s; scores are missed by at most %.2g",
                  contradictions,
                  Plural.of(recordings, "recording"),
                  largestResidual))
          + (vertices == 0 ? "" : "; " + vertices + " kept a vertex");
    }
  }

  /**
   * Makes the labels. They have the same bits for any number of threads.
   *
   * @param recordings what there is to label, in the order of the data
   * @param channels K
   * @param options which labels are meant
   * @param threads how many threads work, the caller's included, at least 1
   * @throws IllegalArgumentException if a recording has not K lists of instances, or an instance
   *     ends before it starts or does not start in {@code [0, T)}; see also {@link
   *     SoftLabels#ofOwnLength}
   */
  public static LabelRenewal make(
      List<Instances> recordings, int channels, Options options, int threads) {
    Programs programs = new Programs(List.copyOf(recordings), channels, options);
    if (options.mode() == Mode.HARD) {
      programs.fillHard();
    } else {
      LinProBatch.forEach(
          recordings.size() * channels, options.program().solver(), threads, programs::solve);
    }
    List<String> names = recordings.stream().map(Instances::recording).toList();
    return new LabelRenewal(
        SoftLabels.ofOwnLength(names, programs.values, channels), programs.counts());
  }

  /** The programs of a generation, by number {@code recording * K + channel}. */
  private static final class Programs {
    private final List<Instances> recordings;
    private final int channels;
    private final Options options;
    private final float[][] values; // [V][T * K]
    private final double[] residual; // of programs
    private final boolean[] contradicts;
    private final boolean[] vertex;

    Programs(List<Instances> recordings, int channels, Options options) {
      this.recordings = recordings;
      this.channels = channels;
      this.options = options;
      int count = Math.multiplyExact(recordings.size(), channels);
      residual = new double[count];
      contradicts = new boolean[count];
      vertex = new boolean[count];
      values = new float[recordings.size()][];
      for (int v = 0; v < values.length; v++) {
        Instances one = recordings.get(v);
        if (one.channels().size() != channels) {
          throw new IllegalArgumentException(
              "pseudo labels: recording '"
                  + one.recording()
                  + "' needs instances of "
                  + channels
                  + " channels, found "
                  + one.channels().size());
        }
        values[v] = new float[Math.multiplyExact(one.length(), channels)];
      }
    }

    private List<Proposal> instances(int program) {
      return recordings.get(program / channels).channels().get(program % channels);
    }

    void fillHard() {
      for (int p = 0; p < residual.length; p++) {
        int length = recordings.get(p / channels).length();
        write(p, LinProLabels.hard(instances(p), length));
      }
    }

    void solve(LinProSolver solver, int p) {
      List<Proposal> instances = instances(p);
      if (instances.isEmpty()) {
        return;
      }
      LinProLabels.Options program = options.program();
      int length = recordings.get(p / channels).length();
      int leftOut = LinProLabels.solve(solver, instances, length, program);
      boolean solved = solver.status() == LinProStatus.OPTIMAL;
      contradicts[p] = !solved || leftOut > 0 || solver.residual() > MISSED;
      if (solved || program.onInfeasible() != OnInfeasible.ZERO) {
        residual[p] = solver.residual();
        vertex[p] = solver.choice() != program.choice();
        double[] label = new double[length];
        solver.label(label);
        write(p, label);
      }
    }

    /** Most snippets have 0, which is there already. */
    private void write(int program, double[] label) {
      float[] to = values[program / channels];
      for (int t = 0, at = program % channels; t < label.length; t++, at += channels) {
        if (label[t] != 0) {
          to[at] = (float) label[t];
        }
      }
    }

    Counts counts() {
      int programs = 0;
      int contradictions = 0;
      int affected = 0;
      int vertices = 0;
      double largest = 0;
      int last = -1;
      for (int p = 0; p < residual.length; p++) {
        programs += options.mode() == Mode.SOLVE && !instances(p).isEmpty() ? 1 : 0;
        contradictions += contradicts[p] ? 1 : 0;
        vertices += vertex[p] ? 1 : 0;
        largest = Math.max(largest, residual[p]);
        if (contradicts[p] && p / channels != last) {
          last = p / channels;
          affected++;
        }
      }
      return new Counts(programs, contradictions, affected, largest, vertices);
    }
  }
}
