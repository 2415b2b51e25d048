import dev.kairos.methods.data.*;
import dev.kairos.methods.pipeline.Training;
import dev.kairos.methods.tal.*;
import java.nio.file.Path;
import java.util.*;

public class TrainFromMemory {
  public static void main(String[] arguments) throws Exception {
    var signal = new FeatureStream("signal", 4);
    var classes = List.of("low", "high");
    var about = new DatasetDescription("steps", List.of(signal), 1, 1, classes, "", "");
    Map<Recording, FeatureSequence> data = new LinkedHashMap<>();
    Random random = new Random(1);
    for (int i = 0; i < 40; i++) {
      int label = i % 2;
      int start = random.nextInt(50);
      float[][] rows = new float[60][4]; // a row a second
      for (int t = 0; t < 60; t++) {
        float action = t < start || t >= start + 10 ? 0 : label == 0 ? -2 : 2;
        Arrays.fill(rows[t], action + (float) random.nextGaussian());
      }
      var action = new ActionInstance(classes.get(label), new Segment(start, start + 10));
      String subset = i < 30 ? "train" : "test";
      data.put(new Recording("r" + i, subset, 60, List.of(action), List.of()), FeatureSequence.of(rows));
    }
    var outcome = new Training(Dataset.of(about, data)).run(Path.of(arguments[0]), "plain", "steps=200");
    System.out.printf("mAP %.3f%n", outcome.result().orElseThrow().average());
  }
}
