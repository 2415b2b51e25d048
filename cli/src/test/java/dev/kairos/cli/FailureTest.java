// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.tensor.io.DataFormatException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailureTest {
  @ParameterizedTest
  @CsvSource({
    "KNUM-001, 1", "KMEM-001, 1", "KDEV-001, 1", "KUSE-001, 2", "KCONF-001, 2", "KDATA-001, 3",
    "KFMT-001, 3", "KLP-001, 3", "KINT-001, 4", "KBUG-001, 70", "ELSE-001, 70", "odd, 70"
  })
  void theAreaDecidesTheExitCode(String code, int exit) {
    assertEquals(exit, new Failure(code, "", "", "").exitCode());
  }

  @Test
  void filesAreNamed() {
    assertFailure(new NoSuchFileException("a"), "KDATA-901", "a: no such file or folder");
    assertFailure(new AccessDeniedException("a"), "KDATA-902", "a: permission denied");
    assertFailure(
        new FileSystemException("a", null, "No space left on device"),
        "KDATA-903",
        "a: No space left on device");
    assertFailure(new IOException("broken pipe"), "KDATA-903", "broken pipe");
    assertFailure(new IOException(), "KDATA-903", "IOException");
    assertFailure(
        new FileAlreadyExistsException("a"),
        "KDATA-904",
        "a: exists already, and is not overwritten");
    assertFailure(new NotDirectoryException("a"), "KDATA-905", "a: not a folder");
    assertFailure(
        new UncheckedIOException(new NoSuchFileException("b")),
        "KDATA-901",
        "b: no such file or folder");
  }

  private static void assertFailure(Exception e, String code, String message) {
    Failure failure = Failure.of(e);
    assertEquals(code, failure.code());
    assertEquals(message, failure.message());
    assertEquals(3, failure.exitCode());
  }

  @Test
  void knownFailuresKeepTheirWords() {
    Failure failure =
        Failure.of(DataFormatException.of("KFMT-002", Path.of("f.npy"), "no magic", "convert it"));
    assertEquals(new Failure("KFMT-002", "f.npy: no magic", "", "convert it"), failure);
    Failure caused =
        Failure.of(
            DataFormatException.of("KFMT-002", Path.of("f"), "bad", new IOException("cut short")));
    assertEquals("cut short", caused.why());
  }

  @Test
  void memoryNamesTheFlagToUse() {
    Failure failure = Failure.of(new OutOfMemoryError("Java heap space"));
    assertEquals(1, failure.exitCode());
    assertTrue(failure.hint().contains("KAIROS_JAVA_OPTS=-Xmx"), failure.hint());
  }

  @Test
  void anythingElseIsABugToReport() {
    for (Throwable e :
        new Throwable[] {
          new IllegalStateException("x"), new StackOverflowError(), new AssertionError("y")
        }) {
      Failure failure = Failure.of(e);
      assertEquals(70, failure.exitCode());
      assertTrue(failure.message().startsWith(e.getClass().getName()), failure.message());
      assertTrue(failure.hint().contains("report"), failure.hint());
    }
  }

  @Test
  void messagesStayOneLineWhateverFilesAreCalled() {
    assertEquals("a b\\u001b[2J\\u000d", Messages.oneLine("a\nb\u001b[2J\r"));
  }
}
