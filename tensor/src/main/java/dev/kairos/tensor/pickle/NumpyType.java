// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor.pickle;

/** NumPy's {@code dtype}: kind and width, and a byte order that follows later. */
final class NumpyType implements PickleValue {
  private final String code;
  private String order = "";

  /**
   * A type without a byte order.
   *
   * @param code for example {@code f4}
   */
  NumpyType(String code) {
    this.code = code;
  }

  void setOrder(String order) {
    this.order = order;
  }

  /** As a {@code .npy} file has it, for example {@code <f4}. */
  String descr() {
    return order + code;
  }

  @Override
  public String describe() {
    return "the type " + PickleInput.quote(descr());
  }
}
