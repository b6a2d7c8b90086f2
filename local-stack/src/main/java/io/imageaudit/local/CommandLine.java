package io.imageaudit.local;

import io.imageaudit.local.layout.PartName;
import io.imageaudit.local.layout.PartSettings;
import io.imageaudit.local.layout.Ports;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the user wants.
 *
 * @param command what to do
 * @param root the project's folder
 * @param home the folder of the running stack
 * @param cache what is unpacked from the build
 * @param ports the chosen ports
 * @param settings settings of single services
 * @param parts the parts to start
 * @param clean whether to start empty
 * @param rich whether the terminal understands colours
 */
record CommandLine(
    Command command,
    Path root,
    Path home,
    Path cache,
    Ports ports,
    PartSettings settings,
    Set<PartName> parts,
    boolean clean,
    boolean rich) {

  static final String USAGE =
      """
      Usage: ./quickstart [OPTIONS]         start everything, audit the pictures in samples/, stay up
             ./quickstart --once [OPTIONS]  the same, then stop; succeeds only if all is as expected
             ./quickstart up [OPTIONS]      start everything and stay up
             ./quickstart status            what runs, where, and how much memory it holds
             ./quickstart stop              stop a running stack
             ./quickstart restart PART      stop and start one part
             ./quickstart measure [N]       time from 202 to callback over N audits, one by one

      Options: --clean                      start empty: forget all data and secrets
               --port NAME=NUMBER           choose a port, also by AUDIT_PORT_NAME
               --set PART.PROPERTY=VALUE    a setting of one of the four services
               --home DIR                   keep everything there and not in .local-stack
      """;

  private static final int MOST_AUDITS = 100_000;

  /** What to do. */
  sealed interface Command {

    /** Start and stay up. */
    record Up() implements Command {}

    /** Start and audit the samples. */
    record Show(boolean once) implements Command {}

    /** Say what runs. */
    record Status() implements Command {}

    /** Stop what runs. */
    record Stop() implements Command {}

    /** Stop and start one part. */
    record Restart(PartName part) implements Command {}

    /** Time so many audits. */
    record Measure(int audits) implements Command {}

    /** Explain. */
    record Help() implements Command {}
  }

  /**
   * Reads the arguments.
   *
   * @throws IllegalArgumentException naming what is wrong
   */
  static CommandLine parse(List<String> arguments, Map<String, String> environment) {
    Deque<String> words = new ArrayDeque<>();
    List<String> ports = new ArrayList<>();
    List<String> settings = new ArrayList<>();
    Set<PartName> parts = EnumSet.allOf(PartName.class);
    Path root = Path.of("");
    @Nullable Path home = null;
    @Nullable Path cache = null;
    boolean clean = false;
    boolean once = false;
    boolean rich = false;
    Deque<String> rest = new ArrayDeque<>(arguments);
    while (!rest.isEmpty()) {
      String argument = rest.pop();
      switch (argument) {
        case "--once" -> once = true;
        case "--clean" -> clean = true;
        case "--rich" -> rich = true;
        case "--root" -> root = Path.of(value(argument, rest));
        case "--home" -> home = Path.of(value(argument, rest));
        case "--cache" -> cache = Path.of(value(argument, rest));
        case "--port" -> ports.add(value(argument, rest));
        case "--set" -> settings.add(value(argument, rest));
        case "--parts" -> parts = parts(value(argument, rest));
        case "--help", "-h" -> words.addFirst("help");
        default -> words.add(checked(argument));
      }
    }
    Path folder = home == null ? root.resolve(".local-stack") : home;
    return new CommandLine(
        command(words, once),
        root,
        folder,
        cache == null ? folder.resolve("cache") : cache,
        Ports.chosen(ports, environment),
        PartSettings.parse(settings),
        parts,
        clean,
        rich);
  }

  private static String checked(String argument) {
    if (argument.startsWith("-")) {
      throw new IllegalArgumentException(argument + ": no such option");
    }
    return argument;
  }

  private static String value(String flag, Deque<String> rest) {
    if (rest.isEmpty()) {
      throw new IllegalArgumentException(flag + ": no value (expected: one)");
    }
    return rest.pop();
  }

  private static Set<PartName> parts(String list) {
    Set<PartName> parts = EnumSet.noneOf(PartName.class);
    Pattern.compile(",").splitAsStream(list).forEach(word -> parts.add(part(word)));
    return parts;
  }

  private static PartName part(String word) {
    return PartName.parse(word)
        .orElseThrow(() ->
            new IllegalArgumentException(
                word + ": no such part (expected: " + PartName.all() + ")"));
  }

  private static Command command(Deque<String> words, boolean once) {
    String word = words.isEmpty() ? "show" : words.pop();
    Command command =
        switch (word) {
          case "show" -> new Command.Show(once);
          case "up" -> new Command.Up();
          case "status" -> new Command.Status();
          case "stop" -> new Command.Stop();
          case "restart" -> new Command.Restart(part(words.isEmpty() ? "restart" : words.pop()));
          case "measure" -> new Command.Measure(words.isEmpty() ? 200 : count(words.pop()));
          case "help" -> new Command.Help();
          default -> throw new IllegalArgumentException(word + ": no such command");
        };
    if (!words.isEmpty() && !(command instanceof Command.Help)) {
      throw new IllegalArgumentException(words.peek() + ": not expected here");
    }
    return command;
  }

  private static int count(String text) {
    try {
      int count = Integer.parseInt(text);
      if (count >= 1 && count <= MOST_AUDITS) {
        return count;
      }
    } catch (NumberFormatException _) {
      // Answered below, together with a number out of range.
    }
    throw new IllegalArgumentException(text + " (expected: 1.." + MOST_AUDITS + ")");
  }
}
