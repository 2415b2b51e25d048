import dev.kairos.Detection;
import dev.kairos.Localizer;
import java.nio.file.Path;

public class Localize {
  public static void main(String[] arguments) throws Exception {
    try (Localizer localizer = Localizer.open(Path.of(arguments[0]))) {
      float[][] features = new float[100][localizer.streams().get(0).width()]; // yours: a row per snippet
      for (Detection found : localizer.localize(features)) {
        System.out.println(found.label() + " " + found.start() + " " + found.end() + " " + found.score());
      }
    }
  }
}
