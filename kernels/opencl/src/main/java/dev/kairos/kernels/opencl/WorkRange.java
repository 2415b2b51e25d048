// SPDX-License-Identifier: Apache-2.0
package dev.kairos.kernels.opencl;

/**
 * The work items of one launch: so many along up to three axes, in work groups of a fixed size. A
 * device compiles a kernel anew for each size of a group, so sizes are few.
 *
 * @param x items along the first axis, a multiple of groupX
 * @param y items along the second axis, a multiple of groupY
 * @param z items along the third axis
 * @param groupX items of a group along the first axis
 * @param groupY items of a group along the second axis
 */
public record WorkRange(long x, long y, long z, int groupX, int groupY) {
  /** At least so many items in a row, whole groups of them. */
  public static WorkRange of(int items, int group) {
    return of(items, 1, 1, group);
  }

  /** At least so many items along the first axis, whole groups of them. */
  public static WorkRange of(int x, int y, int z, int group) {
    return new WorkRange(groups(x, group) * group, y, z, group, 1);
  }

  /** So many work groups of a row of items each. */
  public static WorkRange groupsOf(int count, int items) {
    return new WorkRange((long) count * items, 1, 1, items, 1);
  }

  /** How many groups so many items need. */
  static long groups(int items, int group) {
    return ((long) items + group - 1) / group;
  }
}
