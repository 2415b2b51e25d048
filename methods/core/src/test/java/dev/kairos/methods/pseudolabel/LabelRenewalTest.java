// SPDX-License-Identifier: Apache-2.0
package dev.kairos.methods.pseudolabel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kairos.lp.linpro.Choice;
import dev.kairos.lp.linpro.SignForm;
import dev.kairos.lp.linpro.Weighting;
import dev.kairos.methods.proposal.OuterMargin;
import dev.kairos.methods.pseudolabel.LabelRenewal.Counts;
import dev.kairos.methods.pseudolabel.LabelRenewal.Instances;
import dev.kairos.methods.pseudolabel.LabelRenewal.Mode;
import dev.kairos.methods.pseudolabel.LabelRenewal.Options;
import dev.kairos.methods.pseudolabel.LinProLabels.OnInfeasible;
import dev.kairos.methods.settings.ConfigException;
import dev.kairos.methods.settings.Settings;
import dev.kairos.methods.tal.Proposal;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LabelRenewalTest {
  private static final List<Proposal> CLEAR = List.of(new Proposal(0, 10, 20, 0.5));

  /** One area with two scores, and one clear instance. */
  private static final List<Proposal> CONTRADICTION =
      List.of(
          new Proposal(1, 10.2, 20.7, 0.6),
          new Proposal(1, 30, 35, 0.5),
          new Proposal(1, 10.8, 20.1, 0.4));

  private static final List<Instances> RECORDINGS =
      List.of(
          new Instances("a", 40, List.of(CLEAR, CONTRADICTION, List.of())),
          new Instances("b", 25, List.of(List.of(), CLEAR, List.of())));

  private static Options on(OnInfeasible onInfeasible) {
    LinProLabels.Options program = LinProLabels.Options.defaults();
    return new Options(
        Mode.SOLVE,
        new LinProLabels.Options(
            program.weighting(),
            program.form(),
            program.margin(),
            onInfeasible,
            program.penalty(),
            program.choice()));
  }

  private static float[] channel(LabelRenewal made, int recording, int channel) {
    float[] all = made.labels().of(recording);
    float[] own = new float[all.length / 3];
    for (int t = 0; t < own.length; t++) {
      own[t] = all[3 * t + channel];
    }
    return own;
  }

  private static float[] filled(int length, float... startEndValue) {
    float[] own = new float[length];
    for (int k = 0; k < startEndValue.length; k += 3) {
      java.util.Arrays.fill(
          own, (int) startEndValue[k], (int) startEndValue[k + 1], startEndValue[k + 2]);
    }
    return own;
  }

  @Test
  void everyClassHasItsProgram() {
    LabelRenewal made = LabelRenewal.make(RECORDINGS, 3, Options.defaults(), 1);
    assertEquals(List.of("a", "b"), made.labels().recordings());
    assertEquals(40, made.labels().length(0));
    assertArrayEquals(filled(40, 10, 20, 0.05f), channel(made, 0, 0), 1e-7f);
    assertArrayEquals(filled(40, 10, 20, 0.04f, 30, 35, 0.1f), channel(made, 0, 1), 1e-7f);
    assertArrayEquals(new float[40], channel(made, 0, 2));
    assertArrayEquals(filled(25, 10, 20, 0.05f), channel(made, 1, 1), 1e-7f);
    assertEquals(new Counts(3, 1, 1, made.counts().largestResidual(), 0), made.counts());
    assertEquals(0.2, made.counts().largestResidual(), 1e-12);
    assertEquals(
        "3 label programs, 1 with contradictions, in 1 recording; scores are missed by at most 0.20",
        made.counts().sentence());
  }

  @Test
  void contradictionsAreZeroOrLoseTheirLowest() {
    LabelRenewal zero = LabelRenewal.make(RECORDINGS, 3, on(OnInfeasible.ZERO), 1);
    assertArrayEquals(new float[40], channel(zero, 0, 1));
    assertArrayEquals(filled(40, 10, 20, 0.05f), channel(zero, 0, 0), 1e-7f);
    LabelRenewal drop = LabelRenewal.make(RECORDINGS, 3, on(OnInfeasible.DROP_LOWEST), 1);
    assertArrayEquals(filled(40, 10, 20, 0.06f, 30, 35, 0.1f), channel(drop, 0, 1), 1e-7f);
    for (LabelRenewal made : List.of(zero, drop)) {
      assertEquals(1, made.counts().contradictions());
      assertEquals(1, made.counts().recordings());
      assertEquals(0, made.counts().largestResidual(), 1e-12);
    }
  }

  @Test
  void hardLabelsAreInsides() {
    Options hard = new Options(Mode.HARD, LinProLabels.Options.defaults());
    LabelRenewal made = LabelRenewal.make(RECORDINGS, 3, hard, 1);
    assertArrayEquals(filled(40, 10, 20, 1, 30, 35, 1), channel(made, 0, 1));
    assertArrayEquals(new float[25], channel(made, 1, 0));
    assertEquals(new Counts(0, 0, 0, 0, 0), made.counts());
    assertEquals("0 label programs without contradiction", made.counts().sentence());
  }

  @Test
  void sameBitsForAnyNumberOfThreads() {
    SplittableRandom random = new SplittableRandom(5);
    List<Instances> recordings = new ArrayList<>();
    for (int v = 0; v < 30; v++) {
      List<List<Proposal>> channels = new ArrayList<>();
      for (int c = 0; c < 4; c++) {
        List<Proposal> own = new ArrayList<>();
        for (int n = random.nextInt(15); n > 0; n--) {
          double start = 90 * random.nextDouble();
          own.add(new Proposal(c, start, start + 30 * random.nextDouble(), random.nextDouble()));
        }
        channels.add(own);
      }
      recordings.add(new Instances("r" + v, 100, channels));
    }
    for (SignForm form : SignForm.values()) {
      LinProLabels.Options program =
          new LinProLabels.Options(
              Weighting.UNIT,
              form,
              OuterMargin.fraction(0.25),
              OnInfeasible.SLACK,
              1000,
              Choice.LEAST_NORM);
      Options options = new Options(Mode.SOLVE, program);
      LabelRenewal one = LabelRenewal.make(recordings, 4, options, 1);
      assertTrue(one.counts().programs() > 90, one.counts().toString());
      assertTrue(one.counts().contradictions() > 0, one.counts().toString());
      assertEquals(0, one.counts().vertices());
      for (int threads : new int[] {2, 7}) {
        assertEquals(one, LabelRenewal.make(recordings, 4, options, threads));
      }
    }
  }

  @Test
  void refusesOtherChannelsAndInstancesOutside() {
    Options options = Options.defaults();
    assertThrows(
        IllegalArgumentException.class, () -> LabelRenewal.make(RECORDINGS, 2, options, 1));
    List<Instances> outside = List.of(new Instances("a", 10, List.of(CLEAR)));
    for (int threads : new int[] {1, 2}) {
      assertThrows(
          IllegalArgumentException.class, () -> LabelRenewal.make(outside, 1, options, threads));
    }
  }

  @Test
  void settings() {
    Settings none = Settings.empty();
    assertEquals(Options.defaults(), Options.read(none, Options.defaults()));
    Settings given =
        Settings.empty()
            .withOverrides(
                List.of(
                    "linpro.mode=hard",
                    "linpro.weighting=normalized",
                    "linpro.form=free",
                    "linpro.margin=0.25",
                    "linpro.marginExponent=1",
                    "linpro.onInfeasible=drop-lowest",
                    "linpro.penalty=50"));
    Options read = Options.read(given, Options.defaults());
    given.finish();
    LinProLabels.Options program =
        new LinProLabels.Options(
            Weighting.NORMALIZED,
            SignForm.FREE,
            OuterMargin.fraction(0.25),
            OnInfeasible.DROP_LOWEST,
            50,
            Choice.LEAST_NORM);
    assertEquals(new Options(Mode.HARD, program), read);
    Settings wrong = Settings.empty().withOverrides(List.of("linpro.form=round"));
    assertThrows(ConfigException.class, () -> Options.read(wrong, Options.defaults()));
  }
}
