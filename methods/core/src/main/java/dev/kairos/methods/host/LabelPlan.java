// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.host;

/** What the labels of snippets that a host learns change in its own training. */
public interface LabelPlan {
  /** No labels: nothing changes. */
  LabelPlan NONE =
      new LabelPlan() {
        @Override
        public double rateFactor(long step) {
          return 1;
        }

        @Override
        public boolean labelled(long step) {
          return false;
        }
      };

  /** By what the learning rate is multiplied. */
  double rateFactor(long step);

  /** Whether the part of the training in which labels are learned has begun. */
  boolean labelled(long step);
}
