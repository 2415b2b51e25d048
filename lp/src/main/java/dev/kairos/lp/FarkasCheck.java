// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp;

/**
 * Whether row multipliers prove that no point is feasible: their combination of the rows must be
 * out of reach of the columns within their bounds.
 *
 * <p>A column without the bound its coefficient needs is the delicate case. Where its coefficient
 * could be the rounding of zero it counts as zero. Otherwise the proof must also win against any
 * value of the column up to {@link #FAR} of its units, and says nothing beyond.
 */
final class FarkasCheck {
  private static final double FAR = 1e9;

  private final LinearProgram lp;
  private final Scaling units;

  FarkasCheck(LinearProgram lp, Scaling units) {
    this.lp = lp;
    this.units = units;
  }

  Certificate of(double[] ray) {
    Certificate.requireLength("ray", ray, lp.rows());
    if (crossed()) {
      return new Certificate(true, 0, 0, 1, 0, 0, 1, 0, "");
    }
    double[] y = Rounding.largestToOne(ray);
    CompensatedSum lead = new CompensatedSum();
    double rounding = 0;
    for (int i = 0; i < y.length; i++) {
      double bound = y[i] > 0 ? lp.rowLower(i) : lp.rowUpper(i);
      if (Double.isInfinite(bound)) {
        y[i] = 0; // nothing can be had of this side; the proof must stand without
      } else {
        lead.add(y[i] * bound);
        rounding += Rounding.of(1, Math.abs(y[i] * bound));
      }
    }
    Violation dual = new Violation();
    for (int j = 0; j < lp.columns(); j++) {
      double r = lp.dot(j, y);
      double terms = lp.sumOfTerms(j, y);
      double noise = Rounding.of(lp.start(j + 1) - lp.start(j), terms);
      double bound = r > 0 ? lp.upper(j) : lp.lower(j);
      if (!Double.isInfinite(bound)) {
        lead.add(-r * bound);
        boolean sure = Math.abs(r) > noise;
        double reach = Math.max(finite(lp.lower(j)), finite(lp.upper(j)));
        rounding += noise * (sure ? Math.abs(bound) : reach);
      } else if (!(Math.abs(r) <= noise)) {
        rounding += Math.abs(r) * FAR * units.columnUnit(j);
        dual.add(Math.abs(r), terms);
      }
    }
    return result(lead, rounding, dual);
  }

  private static Certificate result(CompensatedSum lead, double rounding, Violation dual) {
    double margin = lead.value();
    String finding = "";
    if (!(margin > rounding)) {
      finding =
          dual.absolute() != 0
              ? Certificate.said("a multiplier meets an infinite bound: %.3g", dual.absolute())
              : Certificate.said("the combined row is met, by %.3g", margin);
    }
    return new Certificate(
        finding.isEmpty(),
        0,
        dual.relative(),
        lead.size() == 0 ? 0 : margin / lead.size(),
        0,
        dual.absolute(),
        margin,
        rounding,
        finding);
  }

  private static double finite(double bound) {
    return Double.isInfinite(bound) ? 0 : Math.abs(bound);
  }

  private boolean crossed() {
    for (int i = 0; i < lp.rows(); i++) {
      if (lp.rowLower(i) > lp.rowUpper(i)) {
        return true;
      }
    }
    for (int j = 0; j < lp.columns(); j++) {
      if (lp.lower(j) > lp.upper(j)) {
        return true;
      }
    }
    return false;
  }
}
