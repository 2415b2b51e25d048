// SPDX-License-Identifier: Apache-2.0
package dev.kairos.cli.report;

import dev.kairos.methods.report.ReportData;
import dev.kairos.methods.report.ReportData.Activation;
import dev.kairos.methods.report.ReportData.Curve;
import dev.kairos.methods.report.ReportData.Point;
import dev.kairos.methods.report.ReportData.Scores;
import dev.kairos.methods.report.ReportData.Timeline;
import dev.kairos.methods.tal.ActionInstance;
import dev.kairos.methods.tal.Detection;
import dev.kairos.methods.tal.Segment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Reports with made-up recordings. */
final class ReportSamples {
  private static final String[] CLASSES = {
    "LongJump", "HighJump", "PoleVault", "HammerThrow", "CricketBowling", "Diving", "Billiards"
  };

  private ReportSamples() {}

  static ReportData of(int recordings) {
    SplittableRandom random = new SplittableRandom(7);
    List<Timeline> timelines = new ArrayList<>();
    for (int i = 0; i < recordings; i++) {
      timelines.add(timeline("video_test_%07d".formatted(i), random));
    }
    Map<String, String> provenance = new LinkedHashMap<>();
    provenance.put("Kairos", "0.1.0");
    provenance.put("commit", "0123456789abcdef0123456789abcdef01234567");
    provenance.put("backend", "cpu-simd, 16 lanes, 2 threads");
    provenance.put("seed", "42");
    provenance.put("started", "2026-01-02T03:04:05Z");
    provenance.put("platform", "Linux 6.1, amd64");
    return new ReportData(
        "BaS-Net on thumos-like",
        provenance,
        "method = \"basnet\"\n\n[train]\nsteps = 1000\nrate = 1.0E-4\n",
        List.of("3 detections of labels that no annotation has were left out."),
        scores(random),
        List.of(loss("loss", 1, random), loss("background", 0.4, random)),
        timelines);
  }

  private static Scores scores(SplittableRandom random) {
    List<Double> tious = new ArrayList<>();
    List<Double> map = new ArrayList<>();
    for (int k = 1; k <= 7; k++) {
      tious.add(0.1 * k);
      map.add(0.62 - 0.07 * k);
    }
    tious.set(4, 0.5);
    Map<String, List<Double>> perClass = new LinkedHashMap<>();
    for (String label : CLASSES) {
      double best = random.nextDouble(0.2, 0.9);
      perClass.put(label, tious.stream().map(t -> Math.max(0, best - 0.8 * t * best)).toList());
    }
    double average = map.stream().mapToDouble(Double::doubleValue).average().orElse(0);
    return new Scores("protocol activitynet, subset test", tious, map, average, perClass);
  }

  private static Curve loss(String name, double height, SplittableRandom random) {
    List<Point> points = new ArrayList<>();
    for (int step = 1; step <= 1000; step++) {
      double noise = 1 + 0.15 * random.nextDouble(-1, 1);
      points.add(new Point(step, height * (0.15 + Math.exp(-step / 250.0)) * noise));
    }
    return new Curve(name, points);
  }

  private static Timeline timeline(String id, SplittableRandom random) {
    double duration = random.nextDouble(40, 400);
    List<ActionInstance> truth = new ArrayList<>();
    List<Detection> detections = new ArrayList<>();
    List<Activation> cas = new ArrayList<>();
    int classes = random.nextInt(1, 3);
    int first = random.nextInt(CLASSES.length);
    for (int c = 0; c < classes; c++) {
      String label = CLASSES[(first + c) % CLASSES.length];
      List<Segment> segments = new ArrayList<>();
      for (double at = random.nextDouble(20); at < duration - 12; at += random.nextDouble(15, 70)) {
        Segment segment = new Segment(at, at + random.nextDouble(3, 12));
        segments.add(segment);
        truth.add(new ActionInstance(label, segment));
        detections.add(jittered(label, segment, random, random.nextDouble(0.3, 1)));
        detections.add(jittered(label, segment, random, random.nextDouble(0.02, 0.3)));
      }
      cas.add(activation(label, duration, segments, random));
    }
    detections.add(
        new Detection(CLASSES[(first + 3) % CLASSES.length], new Segment(1, duration / 4), 0.11));
    return new Timeline(id, duration, truth, detections, cas);
  }

  private static Detection jittered(
      String label, Segment segment, SplittableRandom random, double score) {
    double start = Math.max(0, segment.start() + random.nextDouble(-2, 2));
    return new Detection(label, new Segment(start, start + segment.length() * 1.1), score);
  }

  private static Activation activation(
      String label, double duration, List<Segment> segments, SplittableRandom random) {
    double step = 16 / 30.0;
    List<Float> values = new ArrayList<>();
    double smooth = 0.1;
    for (double t = 0; t < duration; t += step) {
      double now = t;
      boolean inside = segments.stream().anyMatch(s -> s.start() <= now && now < s.end());
      smooth += 0.35 * ((inside ? 0.85 : 0.08) + random.nextDouble(-0.15, 0.15) - smooth);
      values.add((float) Math.max(0, smooth));
    }
    return new Activation(label, step, values);
  }
}
