import dev.kairos.methods.data.Dataset;
import dev.kairos.methods.evaluation.*;
import dev.kairos.methods.pipeline.Training;
import java.nio.file.Path;

public class TrainSeeds {
  public static void main(String[] arguments) throws Exception {
    Path data = Path.of(arguments[0]);
    Path runs = Path.of(arguments[1]);
    var training = new Training(Dataset.open(data)).tious(0.3, 0.5, 0.7);
    SeedScores scores = training.runSeeds(runs, 1, 2, "plain", "steps=40").orElseThrow();
    System.out.printf("mAP@0.5 %.3f, deviation %.3f%n", scores.mean()[1], scores.deviation()[1]);
    GroundTruth truth = GroundTruth.read(data, "test");
    var official = new DetectionEvaluation.Options(Protocol.THUMOS14, null, null);
    Path detections = runs.resolve("seed-1/detections.json");
    var again = DetectionEvaluation.of(detections, truth, official, 0.3, 0.5, 0.7);
    System.out.printf("seed 1 by the rules of THUMOS14 %.3f%n", again.result().map()[1]);
  }
}
