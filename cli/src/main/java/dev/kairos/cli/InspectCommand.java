// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli;

import dev.kairos.kernels.KairosException;
import dev.kairos.lp.io.MpsException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code kairos inspect}: what is in files and folders, and what is wrong with them. */
@Command(
    name = "inspect",
    description = {
      "Say what is in files and folders, and what is wrong with them.",
      "Files: .npy, .npz, .safetensors, .mps and .lp (.gz), detections, annotations and scores",
      "(.json); arrays in .pt and .pth (PyTorch), .pkl, .h5, .mat and .csv, of which nothing is",
      "run.",
      "Folders: runs, and data sets, of which every missing, extra or misshapen file is listed"
          + " with",
      "a fix."
    },
    sortOptions = false,
    footerHeading = "%nExample:%n",
    footer = "  kairos inspect features.npy data/demo")
final class InspectCommand implements Callable<Integer> {
  @ParentCommand private KairosCommand kairos;

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "Files and folders.")
  private List<Path> files = new ArrayList<>();

  @SuppressWarnings("NullAway.Init") // picocli sets the parent
  InspectCommand() {}

  @Override
  public Integer call() {
    int worst = 0;
    for (Path file : files) {
      kairos.out().println(Messages.oneLine(file.toString()));
      Inspection inspection;
      try {
        inspection = Inspection.of(file);
      } catch (IOException
          | KairosException
          | MpsException e) { // the other files are looked at all the same
        kairos.out().flush();
        worst = Math.max(worst, kairos.messages().error(Failure.of(e)));
        kairos.messages().trace(e);
        continue;
      }
      inspection.lines().forEach(line -> kairos.out().println("  " + Messages.oneLine(line)));
      if (inspection.fatal() > 0) {
        String message =
            file + ": " + Messages.count(inspection.fatal(), "problem") + ", see above";
        Failure failure = new Failure("KDATA-910", message, "", "");
        kairos.out().flush();
        worst = Math.max(worst, kairos.messages().error(failure));
      }
    }
    return worst;
  }
}
