import dev.kairos.methods.pipeline.TrainedRun;
import dev.kairos.methods.tal.Detection;
import java.nio.file.Path;

public class Localize {
  public static void main(String[] arguments) throws Exception {
    try (TrainedRun run = TrainedRun.open(Path.of(arguments[0]))) {
      float[][] features = new float[100][run.data().totalWidth()]; // yours: a row per snippet
      for (Detection found : run.localize(features)) {
        System.out.println(found.label() + " " + found.segment() + " " + found.score());
      }
    }
  }
}
