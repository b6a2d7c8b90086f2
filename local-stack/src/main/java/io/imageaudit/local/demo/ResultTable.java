package io.imageaudit.local.demo;

import io.imageaudit.local.terminal.Terminal;
import io.imageaudit.local.terminal.Terminal.Tone;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/** One row per picture, with a time for each form of input. */
final class ResultTable {

  private static final int NAME = 41;
  private static final int VERDICT = 24;
  private static final int FINDINGS = 48;
  private static final int TIME = 10;

  private final Terminal terminal;

  ResultTable(Terminal terminal) {
    this.terminal = terminal;
  }

  /** Prints it; true when every outcome is as expected and every callback was verified. */
  boolean print(List<Sample> samples, List<Trial> trials) {
    terminal.line();
    terminal.line(
        terminal.tone(
            Tone.FAINT,
            "  %-41s%-24s%-48s%10s%10s%10s  %s"
                .formatted(
                    "PICTURE",
                    "VERDICT",
                    "TOP FINDINGS",
                    "URL",
                    "BASE64",
                    "MULTIPART",
                    "CALLBACKS")));
    for (Sample sample : samples) {
      List<Trial> own = trials.stream().filter(trial -> trial.sample().equals(sample)).toList();
      terminal.line("  " + row(sample, own));
    }
    return summarize(trials);
  }

  private String row(Sample sample, List<Trial> trials) {
    Set<String> outcomes =
        trials.stream().map(Trial::outcome).collect(Collectors.toCollection(LinkedHashSet::new));
    boolean asExpected = trials.stream().allMatch(Trial::isAsExpected);
    long verified = trials.stream().filter(Trial::isVerified).count();
    String findings = String.join("  ", trials.getFirst().topFindings(2));
    StringBuilder row = new StringBuilder();
    row.append(terminal.cell(Tone.PLAIN, sample.name(), NAME - 1)).append(' ');
    row.append(terminal.cell(tone(outcomes, asExpected), String.join("/", outcomes), VERDICT - 1));
    row.append(' ').append(terminal.cell(Tone.PLAIN, findings, FINDINGS));
    for (InputForm form : InputForm.values()) {
      row.append(time(trials, form));
    }
    Tone callbacks = verified == trials.size() ? Tone.GOOD : Tone.BAD;
    row.append("  ").append(terminal.tone(callbacks, verified + "/" + trials.size() + " verified"));
    if (!asExpected) {
      row.append(terminal.tone(Tone.BAD, "  expected " + expected(sample)));
    }
    return row.toString();
  }

  private static String expected(Sample sample) {
    return (sample.outcome() + " " + String.join(" ", sample.categories())).strip();
  }

  private static Tone tone(Set<String> outcomes, boolean asExpected) {
    if (!asExpected) {
      return Tone.BAD;
    }
    return switch (outcomes.iterator().next()) {
      case "PASS" -> Tone.GOOD;
      case "REVIEW" -> Tone.WARN;
      case "BLOCK" -> Tone.BAD;
      default -> Tone.FAINT;
    };
  }

  private static String time(List<Trial> trials, InputForm form) {
    OptionalLong millis =
        trials.stream()
            .filter(trial -> trial.form() == form)
            .map(Trial::millis)
            .findFirst()
            .orElseGet(OptionalLong::empty);
    String text = millis.isPresent() ? millis.getAsLong() + " ms" : "-";
    return " ".repeat(Math.max(1, TIME - text.length())) + text;
  }

  private boolean summarize(List<Trial> trials) {
    long expected = trials.stream().filter(Trial::isAsExpected).count();
    long verified = trials.stream().filter(Trial::isVerified).count();
    boolean all = expected == trials.size() && verified == trials.size();
    terminal.line();
    terminal.line(
        "  %s %d audits: %d with the expected outcome, %d callbacks with a verified signature"
            .formatted(
                all ? terminal.tone(Tone.GOOD, "✓") : terminal.tone(Tone.BAD, "✗"),
                trials.size(),
                expected,
                verified));
    return all;
  }
}
