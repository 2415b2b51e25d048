// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.apn.medoids;

/**
 * Makes pseudo actions of points by constrained k-medoids: clusters that are stretches of time, one
 * around each point and, where there is room, one of background between two. For each action it is
 * sought how far it reaches forward and backward from its point until background begins; then each
 * cluster chooses its medoid anew, until nothing changes.
 *
 * <p>Each snippet is compared with three medoids at most, so that a round takes time {@code T D},
 * except by {@link FrameDistance#EUCLIDEAN}. The sum of distances to the medoids never rises by
 * more than rounding: each medoid stays in its own cluster.
 *
 * <p>Source: the paper, which gives the division between two points and says that forward and
 * backward predictions find where actions end; rounds, background and ties are decided here, as its
 * supplement with the algorithm is not public. Immutable: recordings may be clustered by several
 * threads.
 */
public final class ConstrainedMedoids implements ActionRule {
  private final Options options;

  /** Which clusters there are. */
  public enum Mode {
    /** Actions, and background wherever there is room. */
    ACTION_BACKGROUND,
    /** Actions alone, which share all snippets: the paper's sentence taken literally. */
    SPLIT_ONLY
  }

  /**
   * How to cluster.
   *
   * @param mode which clusters there are
   * @param distance between snippets
   * @param reach how many snippets an action may extend on either side of its point where
   *     background is beside it, at least 0; {@link Integer#MAX_VALUE} for no limit
   * @param leastGapSame how many snippets between two points that share a class hold background, at
   *     least 1: without it both would be one action
   * @param leastGapDifferent the same for two points that share none, which may touch; {@link
   *     Integer#MAX_VALUE} for no background there
   * @param maxRounds after how many rounds to stop in any case, at least 1
   */
  public record Options(
      Mode mode,
      FrameDistance distance,
      int reach,
      int leastGapSame,
      int leastGapDifferent,
      int maxRounds) {
    /** Checks the ranges. */
    public Options {
      if (reach < 0 || leastGapSame < 1 || leastGapDifferent < 1 || maxRounds < 1) {
        throw new IllegalArgumentException(
            "medoids: needs reach >= 0, gaps and rounds >= 1: reach "
                + (reach + ", gaps " + leastGapSame + " and " + leastGapDifferent)
                + (", rounds " + maxRounds));
      }
    }

    /**
     * Background by cosine distance, a gap of 1 between points of one class and of 2 between
     * others, at most 50 rounds.
     *
     * @param reach see {@link Options#reach()}
     */
    public static Options defaults(int reach) {
      return new Options(Mode.ACTION_BACKGROUND, FrameDistance.COSINE, reach, 1, 2, 50);
    }
  }

  /** Clusters by these options. */
  public ConstrainedMedoids(Options options) {
    this.options = options;
  }

  @Override
  public PseudoActions cluster(FeatureRows rows, MarkedPoints points) {
    if (points.count() == 0) {
      return PseudoActions.NONE;
    }
    int latest = points.snippet(points.count() - 1);
    if (latest >= rows.count()) {
      throw new IllegalArgumentException(
          "medoids: a point lies on snippet "
              + latest
              + ", but there are only "
              + rows.count()
              + " snippets: points and features must be of one grid");
    }
    MedoidSearch search = new MedoidSearch(rows, points, options);
    search.start();
    int rounds = 0;
    boolean changes = true;
    while (changes && rounds < options.maxRounds()) {
      changes = search.assign(); // if not, the medoids stay too
      search.updateMedoids();
      rounds++;
    }
    return search.result(rounds);
  }
}
