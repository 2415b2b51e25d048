// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.files;

import dev.kairos.tensor.io.DataFormatException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * Turns the id of a recording into the name of a file, in the same way for every reader and writer:
 * an id comes from a data file and must not lead out of its folder.
 */
public final class FileNames {
  /** The ending of an array's file. */
  public static final String NPY = ".npy";

  private static final int MAX_LENGTH = 200;
  private static final int MAX_BYTES = 240; // file systems allow 255, endings included

  private FileNames() {}

  /**
   * The file of a recording's array in a folder: {@code <id>.npy}.
   *
   * @throws DataFormatException KDATA-115 if the id cannot be a file's name
   */
  public static Path npy(Path folder, String id) {
    return of(folder, id, NPY);
  }

  /**
   * A file of a recording in a folder.
   *
   * @param ending of its name, with the dot, at most 10 bytes
   * @throws DataFormatException KDATA-115 if the id cannot be a file's name
   */
  public static Path of(Path folder, String id, String ending) {
    require(folder, id);
    return folder.resolve(id + ending);
  }

  /**
   * Refuses an id that cannot be a file's name.
   *
   * @param folder where the file would be
   * @throws DataFormatException KDATA-115
   */
  public static void require(Path folder, String id) {
    String problem = problem(id);
    if (problem.isEmpty()) {
      try {
        var unused = folder.resolve(id);
        return;
      } catch (InvalidPathException e) {
        problem = "has characters that file names have not under the locale of this system";
      }
    }
    throw DataFormatException.of(
        "KDATA-115",
        folder,
        "no file can be named after recording '" + Shown.of(id) + "': the id " + problem,
        "give the recording another id");
  }

  /** Why the id cannot name a file, or the empty string when it can. */
  public static String problem(String id) {
    if (id.isBlank()) {
      return "is empty";
    }
    if (id.equals(".") || id.equals("..")) {
      return "would name a folder, not a file";
    }
    if (id.length() > MAX_LENGTH) {
      return "is longer than " + MAX_LENGTH + " characters";
    }
    for (int i = 0; i < id.length(); i++) {
      char c = id.charAt(i);
      if (c == '/' || c == '\\' || c == ':') {
        return "holds '" + c + "', which a file name cannot";
      }
      if (Character.isISOControl(c) || (Character.isSurrogate(c) && !isPaired(id, i))) {
        return "holds the character number " + (int) c + ", which a file name cannot";
      }
    }
    if (Character.isWhitespace(id.charAt(0))
        || Character.isWhitespace(id.charAt(id.length() - 1))) {
      return "begins or ends with white space";
    }
    if (id.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
      return "is longer than " + MAX_BYTES + " bytes";
    }
    return "";
  }

  private static boolean isPaired(String id, int i) {
    return Character.isHighSurrogate(id.charAt(i))
        ? i + 1 < id.length() && Character.isLowSurrogate(id.charAt(i + 1))
        : i > 0 && Character.isHighSurrogate(id.charAt(i - 1));
  }
}
