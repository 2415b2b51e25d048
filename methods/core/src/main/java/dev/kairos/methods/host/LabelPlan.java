// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.host;

/**
 * What the labels of snippets that a host learns change in its own training. A host asks with what
 * it counts in: {@code done} of {@code length} epochs or steps are done.
 */
public interface LabelPlan {
  /** No labels: nothing changes. */
  LabelPlan NONE =
      new LabelPlan() {
        @Override
        public double rateFactor(long done, long length) {
          return 1;
        }

        @Override
        public boolean labelled(long done, long length) {
          return false;
        }
      };

  /** By what the learning rate is multiplied. */
  double rateFactor(long done, long length);

  /** Whether the part of the training in which labels are learned has begun. */
  boolean labelled(long done, long length);
}
