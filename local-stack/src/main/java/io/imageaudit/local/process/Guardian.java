package io.imageaudit.local.process;

import java.io.IOException;
import java.io.Writer;
import java.util.List;

/**
 * A tiny shell process that stops the children when the launcher ends in whatever way, even killed
 * without a chance to clean up: it waits for the end of a pipe that the launcher alone holds open.
 */
final class Guardian {

  private static final String SCRIPT =
      """
      trap '' INT TERM HUP
      pids=
      while read -r sign pid; do
        rest=
        for p in $pids; do [ "$p" = "$pid" ] || rest="$rest $p"; done
        pids=$rest
        [ "$sign" = + ] && pids="$pids $pid"
      done
      [ -z "$pids" ] && exit 0
      kill -TERM $pids 2>/dev/null
      tries=0
      while [ $tries -lt 100 ]; do
        alive=
        for p in $pids; do kill -0 "$p" 2>/dev/null && alive="$alive $p"; done
        [ -z "$alive" ] && exit 0
        sleep 0.1
        tries=$((tries + 1))
      done
      kill -KILL $alive 2>/dev/null
      """;

  private final Writer pipe;

  private Guardian(Writer pipe) {
    this.pipe = pipe;
  }

  static Guardian start() throws IOException {
    Process shell =
        new ProcessBuilder(Programs.inOwnSession(List.of("/bin/sh", "-c", SCRIPT)))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    return new Guardian(shell.outputWriter());
  }

  /** From now on this child is stopped when the launcher ends. */
  void watch(long pid) {
    tell('+', pid);
  }

  /** This child has ended. */
  void forget(long pid) {
    tell('-', pid);
  }

  private synchronized void tell(char sign, long pid) {
    try {
      pipe.write(sign + " " + pid + "\n");
      pipe.flush();
    } catch (IOException _) {
      // Somebody killed it. It is missed only if the launcher is killed as well, and then the next
      // start finds the children by their files.
    }
  }

  /** Ends the guardian once all children are forgotten. */
  synchronized void close() {
    try {
      pipe.close();
    } catch (IOException _) {
      // It has ended already.
    }
  }
}
