package io.imageaudit.local;

import io.imageaudit.local.terminal.Terminal;
import io.imageaudit.local.terminal.Terminal.Tone;
import java.io.IOException;
import java.net.ConnectException;
import java.util.List;

/** Starts, shows and stops the local stack; see {@link CommandLine#USAGE}. */
public final class LocalStackApplication {

  private static final int MISUSE = 2;

  private LocalStackApplication() {}

  /** Does what the arguments say; the exit status is 0 when it went well. */
  public static void main(String[] arguments) {
    System.exit(run(List.of(arguments)));
  }

  private static int run(List<String> arguments) {
    Terminal terminal = Terminal.standard(arguments.contains("--rich"));
    try {
      return run(CommandLine.parse(arguments, System.getenv()), terminal);
    } catch (IllegalArgumentException e) {
      terminal.line(terminal.tone(Tone.BAD, String.valueOf(e.getMessage())));
      terminal.line(CommandLine.USAGE);
      return MISUSE;
    } catch (ConnectException _) {
      terminal.line(
          terminal.tone(Tone.BAD, "Nothing answers yet: ./quickstart status shows what runs."));
      return 1;
    } catch (IllegalStateException | IOException e) {
      terminal.line(terminal.tone(Tone.BAD, String.valueOf(e.getMessage())));
      return 1;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return 1;
    }
  }

  private static int run(CommandLine line, Terminal terminal)
      throws IOException, InterruptedException {
    return switch (line.command()) {
      case CommandLine.Command.Up _ -> new Launcher(line, terminal).up();
      case CommandLine.Command.Show(boolean once) -> new Launcher(line, terminal).show(once);
      case CommandLine.Command.Status _ -> new RunningStack(line, terminal).status();
      case CommandLine.Command.Stop _ -> new RunningStack(line, terminal).stop();
      case CommandLine.Command.Restart(var part) -> new RunningStack(line, terminal).restart(part);
      case CommandLine.Command.Measure(int audits) ->
          new RunningStack(line, terminal).measure(audits);
      case CommandLine.Command.Help _ -> {
        terminal.line(CommandLine.USAGE);
        yield 0;
      }
    };
  }
}
