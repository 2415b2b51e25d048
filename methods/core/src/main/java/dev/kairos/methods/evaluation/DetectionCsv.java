// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.evaluation;

import dev.kairos.methods.files.CsvLine;
import dev.kairos.methods.tal.Detection;
import java.util.List;
import java.util.Map;

/** Detections as comma-separated values; numbers read back to the same bits. */
final class DetectionCsv {
  private DetectionCsv() {}

  static String text(Map<String, List<Detection>> detections) {
    StringBuilder csv = new StringBuilder("id,class,start,end,score\n");
    detections.forEach(
        (id, found) -> {
          for (Detection detection : found) {
            csv.append(quoted(id)).append(',').append(quoted(detection.label())).append(',');
            csv.append(detection.segment().start()).append(',');
            csv.append(detection.segment().end()).append(',');
            csv.append(detection.score()).append('\n');
          }
        });
    return csv.toString();
  }

  private static String quoted(String value) {
    boolean lines = value.chars().anyMatch(c -> c == '\n' || c == '\r');
    return lines ? '"' + value.replace("\"", "\"\"") + '"' : CsvLine.quoted(value);
  }
}
