// SPDX-License-Identifier: Apache-2.0
package dev.kairos.lp.model;

import java.util.SplittableRandom;

/** A small model in whole numbers that grows and changes at random. */
final class RandomModel {
  private static final double INFINITY = Double.POSITIVE_INFINITY;

  final LpModel model;
  private final SplittableRandom random;

  RandomModel(SplittableRandom random) {
    this.random = random;
    boolean maximize = random.nextBoolean();
    model = maximize ? LpModel.maximize("random") : LpModel.minimize("random");
    int changes = random.nextInt(40);
    for (int k = 0; k < changes; k++) {
      change();
    }
  }

  /** One change of any kind. */
  void change() {
    switch (random.nextInt(10)) {
      case 0 -> {
        Variable added = model.addVariable("x " + model.variables().size());
        bound(added);
        added.cost(number());
      }
      case 1 -> bound(model.addRow("row " + model.rows().size()));
      case 2 -> model.constant(number());
      case 3 -> {
        if (!model.variables().isEmpty()) {
          bound(variable());
        }
      }
      case 4 -> {
        if (!model.rows().isEmpty()) {
          bound(row());
        }
      }
      case 5 -> {
        if (!model.variables().isEmpty()) {
          variable().addCost(number());
        }
      }
      default -> {
        if (!model.variables().isEmpty() && !model.rows().isEmpty()) {
          row().add(number(), variable());
        }
      }
    }
  }

  private Variable variable() {
    return model.variables().get(random.nextInt(model.variables().size()));
  }

  private Row row() {
    return model.rows().get(random.nextInt(model.rows().size()));
  }

  private void bound(Variable variable) {
    int at = number();
    switch (random.nextInt(7)) {
      case 0 -> variable.free();
      case 1 -> variable.bounds(at, at);
      case 2 -> variable.bounds(-INFINITY, at);
      case 3 -> variable.bounds(0, INFINITY);
      default -> variable.bounds(at, at + random.nextInt(7));
    }
  }

  private void bound(Row row) {
    int at = 3 * number();
    switch (random.nextInt(5)) {
      case 0 -> row.equalTo(at);
      case 1 -> row.bounds(at, INFINITY);
      case 2 -> row.bounds(at, at + random.nextInt(9));
      case 3 -> row.bounds(-INFINITY, at);
      default -> row.bounds(-9 - Math.abs(at), 9 + Math.abs(at));
    }
  }

  private int number() {
    return random.nextInt(9) - 4;
  }
}
