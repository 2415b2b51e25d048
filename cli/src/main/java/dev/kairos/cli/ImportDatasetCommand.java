// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli;

import dev.kairos.methods.data.Dataset;
import dev.kairos.methods.data.DatasetWriter;
import dev.kairos.methods.files.NearestName;
import dev.kairos.methods.layouts.ImportedData;
import dev.kairos.methods.layouts.Layout;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code kairos import-dataset}: a data folder from one of another layout. */
@Command(
    name = "import-dataset",
    description = {
      "Make a data folder from one that other code reads. What is not said is taken from the folder,"
          + " or is what its layout usually means; all of it is printed and written down.",
      "",
      "Layouts:",
      "  lacp          features/{train,test}/{rgb,flow}/ID.npy, gt.json, split_*.txt, points in frames",
      "  hrpro         features/{train,test}/ID.npy of both streams, gt_full.json, split_*.txt, points",
      "  wtalc         *-JOINTFeatures.npy, videoname.npy, subset.npy, segments.npy, labels.npy ..",
      "  opentad       ActivityNet JSON, category_idx.txt, one folder of features, a block list",
      "  actionformer  annotations/*.json with the fps of each recording, one folder of features",
      "  generic       ActivityNet JSON and files named after the recordings, anywhere below"
    },
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  kairos import-dataset lacp --from dataset/THUMOS14 --out data/thumos14",
      "  kairos import-dataset opentad --from data/anet --out data/anet13 --link --skip-missing",
      "  kairos import-dataset generic --from mine --out data/mine --fps 30 --stride 8 --window 16"
    })
final class ImportDatasetCommand implements Callable<Integer> {
  @ParentCommand private KairosCommand kairos;

  @Parameters(paramLabel = "LAYOUT", description = "How the folder is laid out.")
  private String layout = "";

  @Option(
      names = "--from",
      required = true,
      paramLabel = "DIR",
      description = "The folder to import.")
  private Path from = Path.of("");

  @Option(names = "--out", required = true, paramLabel = "DIR", description = "Folder to make.")
  private Path out = Path.of("");

  @Option(
      names = "--link",
      description = "Leave the features where they are, and write down where that is.")
  private boolean link;

  @Mixin private ForeignOptions foreign = new ForeignOptions();

  @SuppressWarnings("NullAway.Init") // picocli sets the parent
  ImportDatasetCommand() {}

  @Override
  public Integer call() throws Exception {
    return StopSignal.guardWhole(kairos.messages(), kairos.out(), this::importIt);
  }

  private int importIt() throws IOException {
    List<String> known = Layout.ALL.stream().map(Layout::name).toList();
    Layout chosen =
        Layout.named(layout)
            .orElseThrow(
                () ->
                    new UsageException(
                        "unknown layout: " + layout + ", there are " + String.join(", ", known),
                        NearestName.among(layout, known)
                            .map(near -> "did you mean " + near + "?")
                            .orElse("generic takes any folder")));
    DatasetWriter.requireUnused(out);
    ImportedData found = chosen.read(from, foreign.options());
    found.assumptions().forEach(kairos.messages()::info);
    if (link) {
      found.linkTo(out);
    } else {
      found.copyTo(out);
    }
    Dataset made = Dataset.open(out);
    CheckedData.said(made, kairos.messages());
    StringBuilder line =
        new StringBuilder("wrote " + out + ": " + Messages.count(made.classes(), "class"));
    for (String subset : made.subsets()) {
      line.append(", ").append(made.subset(subset).size()).append(' ').append(subset);
    }
    kairos.messages().info(line + " recordings");
    return 0;
  }
}
