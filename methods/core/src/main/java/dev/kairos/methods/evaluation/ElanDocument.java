// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.evaluation;

import dev.kairos.methods.data.VideoFiles;
import dev.kairos.methods.tal.Detection;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The detections of one recording as a document of ELAN, in its annotation format 3.0. Each class
 * is a tier. Annotations of one tier must not overlap there, so that a class with overlapping
 * detections has several: the strongest are on the first.
 */
final class ElanDocument {
  private static final String TYPE = "detection";

  private final Path file;
  private final @Nullable Path video;
  private final StringBuilder xml = new StringBuilder();
  private int annotations;

  /**
   * A document.
   *
   * @param file where it goes, for the way from there to the video
   * @param video of the recording, null where it is not known
   */
  ElanDocument(Path file, @Nullable Path video) {
    this.file = file;
    this.video = video;
  }

  /** A detection in whole milliseconds, at least one long. */
  private record Span(long start, long end, double score) {
    static Span of(Detection detection) {
      long start = Math.max(0, Math.round(detection.segment().start() * 1000));
      long end = Math.round(detection.segment().end() * 1000);
      return new Span(start, Math.max(start + 1, end), detection.score());
    }

    boolean overlaps(Span other) {
      return start < other.end && other.start < end;
    }
  }

  /** The whole document. */
  String text(List<Detection> detections) {
    Map<String, List<Span>> tiers = tiers(detections);
    Map<Long, String> slots = slots(tiers);
    xml.append(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<ANNOTATION_DOCUMENT AUTHOR=\"Kairos\"");
    xml.append(" DATE=\"").append(Instant.now().truncatedTo(ChronoUnit.SECONDS));
    xml.append("\" FORMAT=\"3.0\" VERSION=\"3.0\"");
    xml.append(" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"");
    xml.append(" xsi:noNamespaceSchemaLocation=\"http://www.mpi.nl/tools/elan/EAFv3.0.xsd\">\n");
    header(detections.size());
    xml.append("  <TIME_ORDER>\n");
    slots.forEach(
        (millis, id) ->
            line("    <TIME_SLOT TIME_SLOT_ID=\"" + id + "\" TIME_VALUE=\"" + millis + "\"/>"));
    line("  </TIME_ORDER>");
    tiers.forEach((name, spans) -> tier(name, spans, slots));
    line(
        "  <LINGUISTIC_TYPE GRAPHIC_REFERENCES=\"false\" LINGUISTIC_TYPE_ID=\""
            + TYPE
            + "\" TIME_ALIGNABLE=\"true\"/>");
    return xml.append("</ANNOTATION_DOCUMENT>\n").toString();
  }

  private void header(int count) {
    line("  <HEADER MEDIA_FILE=\"\" TIME_UNITS=\"milliseconds\">");
    if (video != null) {
      Path place = video.toAbsolutePath().normalize();
      xml.append("    <MEDIA_DESCRIPTOR MEDIA_URL=\"").append(escaped(place.toUri().toString()));
      xml.append("\" MIME_TYPE=\"").append(VideoFiles.type(place));
      xml.append("\" RELATIVE_MEDIA_URL=\"").append(escaped(relative(place))).append("\"/>\n");
    }
    line("    <PROPERTY NAME=\"lastUsedAnnotationId\">" + count + "</PROPERTY>");
    line("  </HEADER>");
  }

  private String relative(Path place) {
    Path folder = file.toAbsolutePath().normalize().getParent();
    if (folder == null || !Objects.equals(folder.getRoot(), place.getRoot())) {
      return place.toUri().toString(); // another drive
    }
    String way = folder.relativize(place).toString().replace('\\', '/');
    return way.startsWith("../") ? way : "./" + way;
  }

  private void tier(String name, List<Span> spans, Map<Long, String> slots) {
    line("  <TIER LINGUISTIC_TYPE_REF=\"" + TYPE + "\" TIER_ID=\"" + escaped(name) + "\">");
    for (Span span : spans) {
      annotations++;
      xml.append("    <ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID=\"a").append(annotations);
      xml.append("\" TIME_SLOT_REF1=\"").append(slots.get(span.start()));
      xml.append("\" TIME_SLOT_REF2=\"").append(slots.get(span.end())).append("\">");
      xml.append("<ANNOTATION_VALUE>").append((float) span.score());
      line("</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION>");
    }
    line("  </TIER>");
  }

  /** Names of moments, in the order of time. */
  private static Map<Long, String> slots(Map<String, List<Span>> tiers) {
    TreeSet<Long> moments = new TreeSet<>();
    for (List<Span> spans : tiers.values()) {
      for (Span span : spans) {
        moments.add(span.start());
        moments.add(span.end());
      }
    }
    Map<Long, String> slots = new LinkedHashMap<>();
    moments.forEach(millis -> slots.put(millis, "ts" + (slots.size() + 1)));
    return slots;
  }

  /** By name of the tier; in a tier by time, none overlapping another. */
  private static Map<String, List<Span>> tiers(List<Detection> detections) {
    Map<String, List<List<Span>>> byClass = new TreeMap<>();
    detections.stream()
        .sorted(Comparator.comparingDouble(detection -> -detection.score()))
        .forEach(
            detection ->
                place(
                    byClass.computeIfAbsent(detection.label(), label -> new ArrayList<>()),
                    Span.of(detection)));
    Map<String, List<Span>> tiers = new LinkedHashMap<>();
    byClass.forEach((label, rows) -> tiers.put(label, rows.get(0)));
    byClass.forEach(
        (label, rows) -> {
          int number = 2;
          for (List<Span> row : rows.subList(1, rows.size())) {
            while (tiers.containsKey(label + " " + number)) {
              number++; // a class that is called so
            }
            tiers.put(label + " " + number, row);
          }
        });
    tiers.values().forEach(row -> row.sort(Comparator.comparingLong(Span::start)));
    return tiers;
  }

  private static void place(List<List<Span>> rows, Span span) {
    for (List<Span> row : rows) {
      if (row.stream().noneMatch(span::overlaps)) {
        row.add(span);
        return;
      }
    }
    rows.add(new ArrayList<>(List.of(span)));
  }

  private void line(String text) {
    xml.append(text).append('\n');
  }

  /** Text for attributes and elements; what XML cannot hold becomes U+FFFD. */
  private static String escaped(String text) {
    StringBuilder out = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\n' -> out.append("&#10;");
                case '\t' -> out.append("&#9;");
                default -> out.appendCodePoint(isXml(c) ? c : 0xFFFD);
              }
            });
    return out.toString();
  }

  private static boolean isXml(int c) {
    return c >= ' ' && !(0xD800 <= c && c <= 0xDFFF) && c != 0xFFFE && c != 0xFFFF;
  }
}
