// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.layouts;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A way in which people of this field lay out a data set in a folder. */
public interface Layout {
  /** All of them. */
  List<Layout> ALL =
      List.of(
          new JsonLayout(LayoutFacts.LACP),
          new JsonLayout(LayoutFacts.HRPRO),
          new WtalcLayout(),
          new JsonLayout(LayoutFacts.OPENTAD),
          new JsonLayout(LayoutFacts.ACTIONFORMER),
          new JsonLayout(LayoutFacts.GENERIC));

  /** The layout of this name. */
  static Optional<Layout> named(String name) {
    return ALL.stream().filter(layout -> layout.name().equals(name)).findFirst();
  }

  /** Its name on the command line. */
  String name();

  /** What lies in such a folder, in one line. */
  String about();

  /**
   * Looks through a folder. Of the features nothing but sizes is read.
   *
   * @throws dev.kairos.tensor.io.DataFormatException if something is missing or wrong, naming it
   */
  ImportedData read(Path from, ImportOptions options) throws IOException;
}
