// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor.pickle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.tensor.io.DataFormatException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files that ask for more than numbers: each is refused, and says for what. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class PickleRefusalTest {
  private static final String BLANK =
      "cnumpy.core.multiarray\n_reconstruct\ncnumpy\nndarray\nK\u0000\u0085C\u0001b\u0087R";

  @TempDir Path folder;

  @Test
  void refusesNamesOutsideTheListHoweverTheyAreSpelt() throws IOException {
    refuses("KFMT-012", "'posix.system'", "cposix\nsystem\n(S'touch /tmp/x'\ntR.");
    refuses(
        "KFMT-012",
        "'os.system'",
        "\u0080\u0004\u008c\u0002os\u008c\u0006system\u0093\u008c\u0001x\u0085R.");
    refuses("KFMT-012", "'os.system'", "(S'x'\nios\nsystem\n.");
    refuses(
        "KFMT-012", "'builtins.getattr'", "cbuiltins\ngetattr\n(cbuiltins\nlist\nS'append'\ntR.");
    refuses("KFMT-012", "'__builtin__.eval'", "c__builtin__\neval\n(S'1'\ntR.");
    refuses("KFMT-012", "'numpy.load'", "cnumpy\nload\n(S'x'\ntR.");
    refuses("KFMT-012", "'torch.nn.Module'", "(ctorch.nn\nModule\no.");
    refuses(
        "KFMT-012", "'collections.OrderedDict.fromkeys'", "ccollections\nOrderedDict.fromkeys\n.");
    refuses(
        "KFMT-012",
        "'torch.storage._load_from_bytes'",
        "ctorch.storage\n_load_from_bytes\n(C\u0001xtR.");
    Path stranger = Golden.copy("pickle/stranger.pkl", folder);
    refuses("KFMT-012", "'__main__.Stranger'", stranger);
  }

  @Test
  void callsOnlyWhatCanBeCalled() throws IOException {
    refuses("KFMT-012", "calls a text", "S'os.system'\n(S'x'\ntR.");
    refuses("KFMT-012", "calls builtins.int", "cbuiltins\nint\n(S'1'\ntR.");
    refuses("KFMT-012", "calls a dict of 0", "}(tR.");
    refuses("KFMT-012", "calls torch.FloatStorage", "ctorch\nFloatStorage\n(K\u0009tR.");
    refuses("KFMT-012", "named arguments", "\u0080\u0004cbuiltins\nlist\n)}(S'a'\nNu\u0092.");
    refuses("KFMT-012", "calls the type 'f?4'", "cnumpy\ndtype\n(U\u0003f\n4tR(tR.");
    refuses("KFMT-011", "with a list of 0", "cbuiltins\nlist\n]R.");
  }

  @Test
  void setsNoStateOfWhatHasNone() throws IOException {
    refuses("KFMT-012", "sets the state of a dict of 0", "}}(S'__setstate__'\nNub.");
    refuses("KFMT-012", "sets the state of a list of 0", "](dS'__class__'\nS'os'\nsb.");
    refuses("KFMT-012", "sets the state of builtins.list", "cbuiltins\nlist\n}b.");
    refuses(
        "KFMT-012",
        "sets the state of a dict to a tuple of 2",
        "ccollections\nOrderedDict\n)R(N}(S'__setstate__'\ncbuiltins\nlist\nutb.");
    refuses("KFMT-012", "sets the state of an array to a dict", BLANK + "}(S'__setstate__'\nNub.");
    refuses(
        "KFMT-012",
        "makes an array of builtins.list",
        "cnumpy.core.multiarray\n_reconstruct\ncbuiltins\nlist\nK\u0000\u0085C\u0001b\u0087R.");
  }

  @Test
  void refersToNothingOutside() throws IOException {
    refuses("KFMT-012", "refers to a text outside", "S'x'\nQ.");
    refuses("KFMT-012", "refers to 'x'", "Px\n.");
    refuses("KFMT-012", "a registered extension", "N\u0082\u0001.");
    refuses("KFMT-012", "a buffer outside", "\u0080\u0005\u0097.");
  }

  @Test
  void takesNoMemoryForWhatIsNotThere() throws IOException {
    refuses("KFMT-004", "announces 4294967295 bytes", "\u0080\u0003B\u00ff\u00ff\u00ff\u00ffx.");
    refuses(
        "KFMT-004",
        "announces 9223372036854775807 bytes",
        "\u0080\u0004\u008e" + "\u00ff".repeat(7) + "\u007fx.");
    refuses(
        "KFMT-004",
        "announces 18446744073709551615 bytes",
        "\u0080\u0004\u008d" + "\u00ff".repeat(8) + "x.");
    refuses("KFMT-011", "a frame of", "\u0080\u0004\u0095" + "\u00ff".repeat(8) + "N.");
    refuses(
        "KFMT-013",
        "an integer of 255 bytes",
        "\u0080\u0002\u008a\u00ff" + "\u0001".repeat(255) + ".");
    refuses("KFMT-011", "the integer", "L" + "9".repeat(5000) + "L\n.");
    refuses(
        "KFMT-004", "expected 8000000000 for shape", array("J\u0000\u00945w", "f4", "C\u0001x"));
    refuses("KFMT-002", "more than", array("J\u00ff\u00ff\u00ff\u007f", "f4", "C\u0001x"));
    refuses("KFMT-013", "would take more than", array("J\u00ff\u00ff\u00ff~", "S0", "C\u0000"));
    refuses("KFMT-011", "0 objects for an array", array("J\u00ff\u00ff\u00ff~", "O8", "]"));
    refuses(
        "KFMT-003",
        "structured dtype",
        "cnumpy\ndtype\n(U\u0002V8K\u0000K\u0001tR(K\u0003U\u0001|N(S'a'\ntNtb.");
  }

  private static String array(String length, String type, String content) {
    return BLANK
        + "(K\u0001("
        + length
        + "tcnumpy\ndtype\n(U\u0002"
        + type
        + "K\u0000K\u0001tR(K\u0003U\u0001<NNNtb\u0089"
        + content
        + "tb.";
  }

  @Test
  void neitherNestsNorUnfoldsWithoutEnd() throws IOException {
    refuses("KFMT-013", "more than 64 deep", "]".repeat(100_000) + "a".repeat(99_999) + ".");
    refuses("KFMT-013", "more than 64 deep", "(".repeat(1000) + "t".repeat(1000) + ".");
    refuses("KFMT-012", "contains itself", "]p0\ng0\na.");
    refuses("KFMT-012", "contains itself", "(dp0\nS'a'\n(lp1\ng0\nas.");
    StringBuilder laughs = new StringBuilder("]p0\n");
    for (int i = 0; i < 40; i++) {
      laughs
          .append("](")
          .append(("g" + i + "\n").repeat(10))
          .append("ep")
          .append(i + 1)
          .append('\n');
    }
    refuses("KFMT-013", "unfolds to more than", "(" + laughs + "l0g40\n.");
  }

  @Test
  void staysWithinTheMemoryThereIs() {
    String bytes = "C\u0004abcd0"; // taken away again, and counted all the same
    for (String endless : new String[] {"]", "(", "Np1\n0", bytes, "F1.5\n0", "N2"}) {
      byte[] many = endless.repeat(100_000).getBytes(StandardCharsets.ISO_8859_1);
      PickleInput input =
          new PickleInput(
              folder, "", new ByteArrayInputStream(many), many.length, new Budget(1 << 20));
      PickleReader reader = new PickleReader(input, false);
      DataFormatException e = assertThrows(DataFormatException.class, reader::next, endless);
      assertEquals("KFMT-013", e.code(), e.getMessage());
    }
  }

  @Test
  void saysWhatIsBroken() throws IOException {
    refuses("KFMT-011", "is not a pickle", "hello");
    refuses("KFMT-004", "ends after 0 bytes", "");
    refuses("KFMT-004", "ends after 1 bytes", "]");
    refuses("KFMT-011", "protocol 6", "\u0080\u0006N.");
    refuses("KFMT-011", "too few values", "N0a.");
    refuses("KFMT-011", "too few values", "](a.");
    refuses("KFMT-011", "no mark", "]e.");
    refuses("KFMT-011", "nothing at place 7", "Ng7\n.");
    refuses("KFMT-011", "2 values on its stack", "NN.");
    refuses("KFMT-011", "the unknown instruction", "N\u00fe.");
    refuses("KFMT-011", "keys and values for a dict", "(S'a'\nd.");
    refuses("KFMT-011", "items for a dict", "}Na.");
    refuses("KFMT-011", "without content", BLANK + ".");
    refuses("KFMT-011", "not UTF-8", "\u0080\u0002X\u0001\u0000\u0000\u0000\u00ff.");
    refuses("KFMT-004", "follow the pickle", "N.N");
  }

  @Test
  void loadsNoClassThatAFileNames() throws IOException {
    String home = Tripwire.class.getPackageName();
    for (String call : new String[] {"(tR.", "}b.", "."}) {
      refuses("KFMT-012", "Tripwire", "c" + home + "\nTripwire$Loaded\n" + call);
    }
    refuses("KFMT-012", "Tripwire", "(i" + home + ".Tripwire\nLoaded\n.");
    assertFalse(Tripwire.touched());
    assertTrue(Tripwire.works());
  }

  private void refuses(String code, String words, String pickle) throws IOException {
    Path file = folder.resolve("x.pkl");
    refuses(code, words, Files.write(file, pickle.getBytes(StandardCharsets.ISO_8859_1)));
  }

  private static void refuses(String code, String words, Path file) {
    DataFormatException e = assertThrows(DataFormatException.class, () -> Pickle.read(file));
    assertTrue(e.getMessage().contains(words), e.getMessage());
    assertEquals(code, e.code(), e.getMessage());
    assertTrue(e.getMessage().startsWith(file.toString()), e.getMessage());
    assertEquals(1, e.getMessage().lines().count());
  }
}
