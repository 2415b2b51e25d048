// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.points;

import dev.kairos.methods.tal.Segment;
import java.util.List;
import java.util.Optional;

/**
 * A rule that chooses one moment of each annotated action, for data sets without point labels of
 * their own. Most published point labels lie near the middle of the action; uniform ones are
 * clearly harder to learn from, so a result always names its rule.
 */
public sealed interface PointRule {
  /** The names that {@link #named} knows. */
  List<String> NAMES = List.of("uniform", "gaussian", "centre");

  /** Where a rule takes its random numbers from. */
  interface Draws {
    /** The next number from the uniform distribution on [0, 1). */
    double uniform();

    /** The next number from the standard normal distribution. */
    double normal();
  }

  /** The moment chosen of an action, in seconds, inside its segment. */
  double moment(Segment segment, Draws draws);

  /** The rule in words, without a seed. */
  String words();

  /** Whether it takes random numbers. */
  boolean isRandom();

  /** Anywhere in the action, all moments alike. */
  static PointRule uniform() {
    return new Uniform(1);
  }

  /** Anywhere in the middle 60 % of the action, as SBHAR's points are. */
  static PointRule middle() {
    return new Uniform(0.6);
  }

  /** Close to the middle of the action: the standard deviation is 5 % of its length. */
  static PointRule gaussian() {
    return new Gaussian(0.05);
  }

  /** The middle of the action. */
  static PointRule centre() {
    return new Centre();
  }

  /** The rule of this name, one of {@link #NAMES}. */
  static Optional<PointRule> named(String name) {
    return switch (name) {
      case "uniform" -> Optional.of(uniform());
      case "gaussian" -> Optional.of(gaussian());
      case "centre" -> Optional.of(centre());
      default -> Optional.empty();
    };
  }

  /**
   * Uniform in the middle part of the action.
   *
   * @param share of the action's length, more than 0 and at most 1
   */
  record Uniform(double share) implements PointRule {
    /** Checks the share. */
    public Uniform {
      if (!(share > 0 && share <= 1)) {
        throw new IllegalArgumentException("uniform points: the share must be in (0, 1]: " + share);
      }
    }

    @Override
    public double moment(Segment segment, Draws draws) {
      double within = (1 - share) / 2 + share * draws.uniform();
      return Math.min(segment.end(), segment.start() + within * segment.length());
    }

    @Override
    public String words() {
      String percent = String.valueOf(100 * share).replaceFirst("\\.0$", "");
      return share == 1 ? "uniform" : "uniform in the middle " + percent + " %";
    }

    @Override
    public boolean isRandom() {
      return true;
    }
  }

  /**
   * Normal around the middle of the action, drawn again while outside, at most 100 times in all;
   * the last is moved to the nearer end.
   *
   * @param sigma standard deviation as a share of the action's length, positive
   */
  record Gaussian(double sigma) implements PointRule {
    private static final int MOST_DRAWS = 100;

    /** Checks the deviation. */
    public Gaussian {
      if (!(sigma > 0 && Double.isFinite(sigma))) {
        throw new IllegalArgumentException(
            "gaussian points: sigma must be positive and finite: " + sigma);
      }
    }

    @Override
    public double moment(Segment segment, Draws draws) {
      double middle = (segment.start() + segment.end()) / 2;
      double deviation = sigma * segment.length();
      double moment = middle + deviation * draws.normal();
      for (int i = 1; i < MOST_DRAWS && outside(segment, moment); i++) {
        moment = middle + deviation * draws.normal();
      }
      return Math.max(segment.start(), Math.min(segment.end(), moment));
    }

    private static boolean outside(Segment segment, double moment) {
      return moment < segment.start() || moment > segment.end();
    }

    @Override
    public String words() {
      return "gaussian with sigma " + sigma;
    }

    @Override
    public boolean isRandom() {
      return true;
    }
  }

  /** The middle of the action. */
  record Centre() implements PointRule {
    @Override
    public double moment(Segment segment, Draws draws) {
      return (segment.start() + segment.end()) / 2;
    }

    @Override
    public String words() {
      return "centre";
    }

    @Override
    public boolean isRandom() {
      return false;
    }
  }
}
