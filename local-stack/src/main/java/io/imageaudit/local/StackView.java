package io.imageaudit.local;

import io.imageaudit.local.layout.PartName;
import io.imageaudit.local.stack.StackObserver;
import io.imageaudit.local.terminal.Terminal;
import io.imageaudit.local.terminal.Terminal.Tone;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;

/** Shows how the stack comes up. */
final class StackView implements StackObserver {

  private static final int NAME_WIDTH = 14;

  private final Terminal terminal;
  private final Map<PartName, String> addresses;

  StackView(Terminal terminal, Map<PartName, String> addresses) {
    this.terminal = terminal;
    this.addresses = addresses;
  }

  @Override
  public void starting(Collection<PartName> parts, Duration since) {
    String names = parts.stream().map(PartName::text).collect(Collectors.joining(", "));
    terminal.progress(
        terminal.tone(Tone.FAINT, "  … %4.1f s  %s".formatted(since.toMillis() / 1000.0, names)));
  }

  @Override
  public void ready(PartName part, Duration took) {
    terminal.line(
        "  %s %s %s  %s"
            .formatted(
                terminal.tone(Tone.GOOD, "✓"),
                terminal.cell(Tone.PLAIN, part.text(), NAME_WIDTH),
                "%5.1f s".formatted(took.toMillis() / 1000.0),
                terminal.tone(Tone.FAINT, addresses.getOrDefault(part, ""))));
  }

  @Override
  public void ended(PartName part, int exitStatus) {
    terminal.line(
        "  %s %s has ended, exit status %d; start it again: ./quickstart restart %s"
            .formatted(terminal.tone(Tone.BAD, "✗"), part.text(), exitStatus, part.text()));
  }
}
