// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.linpro;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * A rational number in lowest terms.
 *
 * @param over numerator
 * @param under denominator, positive
 */
record Fraction(BigInteger over, BigInteger under) implements Comparable<Fraction> {
  static final Fraction ZERO = of(0, 1);
  static final Fraction ONE = of(1, 1);

  Fraction {
    BigInteger common = over.gcd(under);
    if (under.signum() < 0) {
      common = common.negate();
    }
    over = over.divide(common);
    under = under.divide(common);
  }

  static Fraction of(long over, long under) {
    return new Fraction(BigInteger.valueOf(over), BigInteger.valueOf(under));
  }

  /** Exactly the value of a double. */
  static Fraction of(double value) {
    BigDecimal exact = new BigDecimal(value);
    return exact.scale() > 0
        ? new Fraction(exact.unscaledValue(), BigInteger.TEN.pow(exact.scale()))
        : new Fraction(exact.toBigIntegerExact(), BigInteger.ONE);
  }

  Fraction plus(Fraction o) {
    return new Fraction(
        over.multiply(o.under).add(o.over.multiply(under)), under.multiply(o.under));
  }

  Fraction minus(Fraction o) {
    return new Fraction(
        over.multiply(o.under).subtract(o.over.multiply(under)), under.multiply(o.under));
  }

  Fraction times(Fraction o) {
    return new Fraction(over.multiply(o.over), under.multiply(o.under));
  }

  Fraction by(Fraction o) {
    return new Fraction(over.multiply(o.under), under.multiply(o.over));
  }

  Fraction abs() {
    return new Fraction(over.abs(), under);
  }

  int sign() {
    return over.signum();
  }

  double toDouble() {
    return new BigDecimal(over)
        .divide(new BigDecimal(under), java.math.MathContext.DECIMAL64)
        .doubleValue();
  }

  @Override
  public int compareTo(Fraction o) {
    return over.multiply(o.under).compareTo(o.over.multiply(under));
  }
}
