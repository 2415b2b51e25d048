// SPDX-License-Identifier: Apache-2.0
/** Linear programs: the room that will hold the simplex solver. */
@org.jspecify.annotations.NullMarked
module dev.kairos.lp {
  requires static org.jspecify;
}
