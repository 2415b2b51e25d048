// SPDX-License-Identifier: Apache-2.0
package dev.kairos.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Times linear programs and writes {@code lp.md} with its raw numbers. */
public final class LpSuite {
  static final String USAGE =
      "bench/run lp linpro|netlib|big|renewal|report [--full] [--only REGEX] [--data FOLDER] [--out"
          + " DIR]";

  private final PrintStream out = System.out;
  private final LpNumbers linpro;
  private final LpNumbers netlib;
  private final LpNumbers big;
  private final LpNumbers renewal;
  private final Path folder;
  private String what = "";
  private Pattern only = Pattern.compile("");
  private @Nullable Path data;
  private boolean full;

  private LpSuite(String... arguments) throws IOException {
    Path results = Path.of("bench/target/results");
    for (Iterator<String> rest = List.of(arguments).iterator(); rest.hasNext(); ) {
      String word = rest.next();
      switch (word) {
        case "linpro", "netlib", "big", "renewal", "report" -> what = word;
        case "--full" -> full = true;
        case "--only" -> only = Pattern.compile(value(rest));
        case "--data" -> data = Path.of(value(rest));
        case "--out" -> results = Path.of(value(rest));
        default -> throw new IllegalArgumentException(word + "; usage: " + USAGE);
      }
    }
    if (what.isEmpty()) {
      throw new IllegalArgumentException("usage: " + USAGE);
    }
    folder = results;
    Files.createDirectories(folder);
    linpro = new LpNumbers(folder.resolve("lp-linpro.csv"), "microseconds a problem");
    netlib = new LpNumbers(folder.resolve("lp-netlib.csv"), "milliseconds");
    big = new LpNumbers(folder.resolve("lp-big.csv"), "milliseconds");
    renewal = new LpNumbers(folder.resolve("lp-renewal.csv"), "milliseconds a renewal");
  }

  private static String value(Iterator<String> rest) {
    if (!rest.hasNext()) {
      throw new IllegalArgumentException("a value is missing; usage: " + USAGE);
    }
    return rest.next();
  }

  /** Run in the root of the repository. */
  public static void main(String[] arguments) throws IOException {
    LpSuite suite = Usage.parsed(() -> new LpSuite(arguments));
    List<String> how = how("bench/run lp " + String.join(" ", arguments));
    switch (suite.what) {
      case "linpro" -> suite.linpro(how);
      case "netlib" -> suite.netlib(how);
      case "big" -> suite.big(how);
      case "renewal" -> suite.renewal(how);
      case "report" -> {}
      default -> throw new IllegalArgumentException("usage: " + USAGE);
    }
    suite.report();
  }

  private static List<String> how(String command) {
    return List.of(
        "Command: `" + command + "`",
        "Commit: " + Machine.commit(),
        "JDK: " + System.getProperty("java.vm.name") + " " + Runtime.version(),
        "Processor: " + Machine.processor(),
        "Date: " + LocalDate.now(ZoneOffset.UTC));
  }

  private void linpro(List<String> how) throws IOException {
    List<String> peers = present(LinProTable.PEERS);
    for (LinProCase cell : LinProCase.all(full)) {
      if (only.matcher(cell.toString()).find()) {
        Map<String, Double> found = LinProTable.measure(cell, peers);
        found.forEach(
            (peer, time) ->
                linpro.put(
                    new LpNumbers.Line(
                        cell.toString(),
                        peer,
                        Double.isNaN(time) ? "wrong" : "solved",
                        time,
                        Double.NaN)));
        out.println(cell + " " + found);
        linpro.write(how);
      }
    }
  }

  /** The folder of problems asked for, or the usual one; says so if it has none. */
  private Path data(String usual) {
    Path from = data == null ? Path.of("../shared/data", usual) : data;
    if (!Files.exists(from.resolve("optimal.json"))) {
      out.println("left out: no optimal.json in " + from + "; --data FOLDER names it");
    }
    return from;
  }

  private void big(List<String> how) throws IOException {
    Path from = data("netlib-lp-big");
    List<String> commands = BigLpBenchmark.present(out);
    for (Map.Entry<String, Double> problem : NetlibBenchmark.optimal(from).entrySet()) {
      if (only.matcher(problem.getKey()).find()) {
        List<LpNumbers.Line> lines =
            BigLpBenchmark.measure(from, problem.getKey(), problem.getValue(), commands);
        lines.forEach(big::put);
        out.println(lines);
        big.write(how);
      }
    }
  }

  private void netlib(List<String> how) throws IOException {
    Path from = data("netlib-lp");
    Map<String, Double> optimal = NetlibBenchmark.optimal(from);
    List<String> peers = present(NetlibBenchmark.PEERS);
    for (Map.Entry<String, Double> problem : optimal.entrySet()) {
      if (only.matcher(problem.getKey()).find()) {
        List<LpNumbers.Line> lines =
            NetlibBenchmark.measure(from, problem.getKey(), problem.getValue(), peers);
        lines.forEach(netlib::put);
        out.println(lines);
        netlib.write(how);
      }
    }
  }

  private void renewal(List<String> how) throws IOException {
    List<String> peers = new ArrayList<>(List.of(Peers.KAIROS, RenewalBenchmark.VERTEX));
    peers.addAll(present(RenewalBenchmark.OTHERS));
    List<LpNumbers.Line> lines = RenewalBenchmark.measure(new RenewalCase(200, 1000, 20), peers);
    lines.forEach(renewal::put);
    out.println(lines);
    renewal.write(how);
  }

  /** Those on the class path whose native code loads. */
  private List<String> present(List<String> wanted) {
    LinProCase tiny = LinProCase.parse("box-3x100");
    List<String> here = new ArrayList<>();
    for (String peer : wanted) {
      try (LpContender contender =
          LpPeer.find(peer)
              .orElseThrow(() -> new MissingPeerException(peer, "not on the class path"))
              .open(tiny.collapsed(tiny.problems().get(0)), false, Duration.ofSeconds(1))) {
        contender.build();
        here.add(peer);
      } catch (MissingPeerException e) {
        out.println(e.getMessage());
      }
    }
    return here;
  }

  private void report() throws IOException {
    StringBuilder text = new StringBuilder("# Linear programs\n");
    if (!linpro.cases().isEmpty()) {
      text.append("\n## LinPro\n\n").append(bullets(linpro, "lp-linpro.csv"));
      text.append(floor("ojAlgo", LinProTable.mean(linpro, Peers.OJALGO), 0.4));
      text.append(floor("GLOP", LinProTable.mean(linpro, "glop"), 0.1));
      text.append(
          """

          Eight generated problems a cell: proposals in clusters that overlap, targets that some label in [0,1]
          meets. Ours goes from the proposals' cuts to the label of every snippet. The others are given the program
          with equal columns already merged, and are timed from that to their optimum: ojAlgo by its linear solver
          without the modelling layer, dual simplex, dense; GLOP through `MPSolver` without presolve, its fastest
          here; commons-math by its tableau simplex. A free variable is the difference of two for them. Objectives
          agree to 1e-9 with our general solver on the merged program, and points keep their bounds and rows to
          1e-9, before anything is timed. Processor time of the one thread, warm, peers in turns in one JVM,
          medians of nine rounds; collecting garbage is not charged to anyone. Below 1 ours is faster.

          """);
      text.append(LinProTable.text(linpro));
    }
    if (!renewal.cases().isEmpty()) {
      text.append("\n## A renewal of labels\n\n").append(bullets(renewal, "lp-renewal.csv"));
      text.append(
          """

          The programs of one generation of pseudo labels, 200 recordings of 1000 snippets: all 20 classes of each
          have overlapping instances, 14 in the median, 47 at most; sums of labels within [0, 1], a missed score
          costs 1000. That is 4000 programs; a real training renews the few classes that a recording has. Ours is
          `LabelRenewal.make` from the instances to the `float` labels of all snippets, with the label of least norm
          and with any vertex; the others have equal columns merged already and stop at an optimum, any one. A
          program counts as solved if bounds and rows hold and the objective is that of our general solver to 1e-7.
          Processor time of one thread, warm, in turns in one JVM, medians of nine rounds.

          """);
      text.append(RenewalBenchmark.text(renewal));
    }
    if (!netlib.cases().isEmpty()) {
      text.append("\n## Netlib\n\n").append(bullets(netlib, "lp-netlib.csv"));
      text.append(floor("ojAlgo", NetlibBenchmark.ratio(netlib, OjalgoModelLp.NAME), 0.5));
      text.append(floor("GLOP", NetlibBenchmark.ratio(netlib, "glop"), 2.5));
      text.append(
          """

          Feasible problems. Solved means: called optimal, bounds and rows kept to 1e-6 (relative to the largest
          term), objective within 1e-6 of the reference. Timed is the solver from a fresh model: ours with presolve
          and the check of its certificate on the original data, ojAlgo by its modelling layer with the dual
          simplex on a dense matrix and 20 s at most, GLOP with presolve. Processor time of the one thread, warm,
          peers in turns, medians of three to five; what takes over 1.5 s or finds no optimum runs once.
          Means are geometric, shifted by 10 ms, and without the shift in the last column.

          """);
      text.append(NetlibBenchmark.text(netlib));
    }
    if (!big.cases().isEmpty()) {
      text.append("\n## Larger problems\n\n").append(bullets(big, "lp-big.csv"));
      text.append(
          """

          Problems of Netlib and Kennington, in turns, medians of three; where the first round takes all peers
          together five seconds it is the only one. Kairos is the solver warm in one JVM (cold where a solve takes
          three seconds), processor time of its thread, with presolve and the check of its certificate. The others are commands as
          they come (`clp FILE -solve`, `glpsol --dual`), processor time of the process less that of one that only
          reads the file; `kairos-process` is ours in a new JVM, counted in the same way, so with all that its
          compilers take. Solved means that the objective is within 1e-6 of the reference.

          """);
      text.append(BigLpBenchmark.text(big));
    }
    Path page = folder.resolve("lp.md");
    Files.writeString(page, text);
    out.println(page);
  }

  private static String bullets(LpNumbers numbers, String raw) {
    StringBuilder text = new StringBuilder();
    numbers.notes().forEach(note -> text.append("- ").append(note).append("\n"));
    return text.append("- Raw: [").append(raw).append("](").append(raw).append(")\n").toString();
  }

  private static String floor(String peer, double ratio, double most) {
    if (Double.isNaN(ratio)) {
      return "- " + peer + ": left out, it was not there.\n";
    }
    return String.format(
        Locale.ROOT,
        "- Ours over %s, mean: **%.3f**; at most %.1f asked for: %s.%n",
        peer,
        ratio,
        most,
        ratio <= most ? "holds" : "missed");
  }
}
