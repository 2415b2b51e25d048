// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kairos.methods.tal.Detection;
import dev.kairos.methods.tal.Segment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

class DetectionFormatTest {
  private static final String ODD = "a <b> & \"c\"\n, d";

  @TempDir Path folder;

  private static Detection detection(String label, double start, double end, double score) {
    return new Detection(label, new Segment(start, end), score);
  }

  private static Map<String, List<Detection>> two() {
    Map<String, List<Detection>> all = new LinkedHashMap<>();
    all.put(
        "v, 1",
        List.of(
            detection("jump", 1, 2.5, 0.5),
            detection("jump", 2, 3, 0.75),
            detection("jump", 4, 4.0001, 0.25),
            detection("jump 2", 0, 9, 0.1),
            detection(ODD, 1.0004, 2, 1e-3)));
    all.put("v2", List.of());
    return all;
  }

  @Test
  void theEndingSaysTheForm() {
    assertEquals(Optional.of(DetectionFormat.ACTIVITYNET), DetectionFormat.of(Path.of("a/b.JSON")));
    assertEquals(Optional.of(DetectionFormat.CSV), DetectionFormat.of(Path.of("b.csv")));
    assertEquals(Optional.of(DetectionFormat.ELAN), DetectionFormat.of(Path.of("b.eaf")));
    assertEquals(Optional.empty(), DetectionFormat.of(Path.of("csv.d/b")));
    assertTrue(DetectionFormat.ELAN.isFolder(Path.of("b")));
    assertFalse(DetectionFormat.ELAN.isFolder(Path.of("b.eaf")));
    assertFalse(DetectionFormat.CSV.isFolder(Path.of("b")));
  }

  @Test
  void csvQuotesWhatItMust() throws IOException {
    Path file = folder.resolve("d.csv");
    DetectionFormat.CSV.write(file, two(), Map.of());
    assertEquals(
        """
        id,class,start,end,score
        "v, 1",jump,1.0,2.5,0.5
        "v, 1",jump,2.0,3.0,0.75
        "v, 1",jump,4.0,4.0001,0.25
        "v, 1",jump 2,0.0,9.0,0.1
        "v, 1","a <b> & ""c\""
        , d",1.0004,2.0,0.001
        """,
        Files.readString(file));
  }

  private static List<Element> children(Node parent) {
    List<Element> children = new ArrayList<>();
    for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element element) {
        children.add(element);
      }
    }
    return children;
  }

  /** The structure that the schema of EAF 3.0 asks for, as far as these documents go. */
  private static Element checked(Path file) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
    Document document = factory.newDocumentBuilder().parse(file.toFile());
    Element root = document.getDocumentElement();
    assertEquals("ANNOTATION_DOCUMENT", root.getTagName());
    OffsetDateTime.parse(root.getAttribute("DATE"));
    assertEquals("3.0", root.getAttribute("FORMAT"));
    List<String> order = List.of("HEADER", "TIME_ORDER", "TIER", "LINGUISTIC_TYPE");
    int at = 0;
    Set<String> ids = new HashSet<>();
    Map<String, Long> slots = new LinkedHashMap<>();
    long before = -1;
    for (Element part : children(root)) {
      assertTrue(order.indexOf(part.getTagName()) >= at, part.getTagName());
      at = order.indexOf(part.getTagName());
      if (part.getTagName().equals("TIME_ORDER")) {
        for (Element slot : children(part)) {
          long value = Long.parseLong(slot.getAttribute("TIME_VALUE"));
          assertTrue(value > before && ids.add(slot.getAttribute("TIME_SLOT_ID")));
          before = value;
          slots.put(slot.getAttribute("TIME_SLOT_ID"), value);
        }
      } else if (part.getTagName().equals("TIER")) {
        assertTrue(ids.add("tier " + part.getAttribute("TIER_ID")), "twice the same tier");
        assertEquals("detection", part.getAttribute("LINGUISTIC_TYPE_REF"));
        long end = 0;
        for (Element annotation : children(part)) {
          Element aligned = children(annotation).get(0);
          assertTrue(ids.add(aligned.getAttribute("ANNOTATION_ID")));
          long from = slots.get(aligned.getAttribute("TIME_SLOT_REF1"));
          long to = slots.get(aligned.getAttribute("TIME_SLOT_REF2"));
          assertTrue(end <= from && from < to, "annotations of a tier overlap");
          end = to;
          Float.parseFloat(aligned.getTextContent());
        }
      }
    }
    return root;
  }

  private static List<String> tiers(Element root) {
    return children(root).stream()
        .filter(part -> part.getTagName().equals("TIER"))
        .map(tier -> tier.getAttribute("TIER_ID") + ":" + children(tier).size())
        .toList();
  }

  @Test
  void elanHasATierForEachClassAndNoneOverlaps() throws Exception {
    Path out = folder.resolve("elan");
    Path video = folder.resolve("films & more/v.webm");
    DetectionFormat.ELAN.write(out, two(), Map.of("v, 1", video));
    Element root = checked(out.resolve("v, 1.eaf"));
    assertEquals(List.of(ODD + ":1", "jump:2", "jump 2:1", "jump 3:1"), tiers(root));
    Element media = (Element) root.getElementsByTagName("MEDIA_DESCRIPTOR").item(0);
    assertEquals(video.toUri().toString(), media.getAttribute("MEDIA_URL"));
    assertEquals("../films & more/v.webm", media.getAttribute("RELATIVE_MEDIA_URL"));
    assertEquals("video/webm", media.getAttribute("MIME_TYPE"));
    assertEquals(List.of(), tiers(checked(out.resolve("v2.eaf"))));
    Path one = folder.resolve("one.eaf");
    assertThrows(
        IllegalArgumentException.class, () -> DetectionFormat.ELAN.write(one, two(), Map.of()));
    assertFalse(Files.exists(one));
    DetectionFormat.ELAN.write(
        one, Map.of("v", List.of(detection("\u0001\ud800", 0, 1, 1))), Map.of());
    assertEquals(List.of("\ufffd\ufffd:1"), tiers(checked(one)));
  }

  @Test
  void viaHasAViewForEachRecordingAndASegmentForEachDetection() throws IOException {
    Path file = folder.resolve("via.json");
    Path video = folder.resolve("v2.mp4");
    DetectionFormat.VIA.write(file, two(), Map.of("v2", video));
    JsonNode project = new ObjectMapper().readTree(file.toFile());
    assertEquals("3.1.1", project.at("/project/data_format_version").asText());
    assertEquals("[\"1\",\"2\"]", project.at("/project/vid_list").toString());
    assertEquals("FILE1_Z2_XY0", project.at("/attribute/1/anchor_id").asText());
    assertEquals(5, project.get("metadata").size());
    JsonNode first = project.at("/metadata/1_000001");
    assertEquals("[1.0,2.5]", first.get("z").toString());
    assertEquals("1", first.get("vid").asText());
    assertEquals("jump", first.at("/av/1").asText());
    assertEquals("v, 1.mp4", project.at("/file/1/fname").asText());
    assertEquals(1, project.at("/file/1/loc").asInt(), "asked for by its name");
    assertEquals(video.toUri().toString(), project.at("/file/2/src").asText());
    assertEquals("[\"2\"]", project.at("/view/2/fid_list").toString());
  }

  @Test
  void activityNetIsWhatItWas() throws IOException {
    Path file = folder.resolve("d.json");
    DetectionFormat.ACTIVITYNET.write(file, two(), Map.of());
    assertEquals(two(), DetectionFile.read(file));
    Map<String, List<Detection>> bad = Map.of("v", List.of(detection("jump", 0, 1, Double.NaN)));
    for (DetectionFormat format : DetectionFormat.values()) {
      Path none = folder.resolve("none." + format);
      assertThrows(IllegalArgumentException.class, () -> format.write(none, bad, Map.of()));
      assertFalse(Files.exists(none));
    }
  }
}
