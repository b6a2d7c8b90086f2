package io.imageaudit.local.terminal;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Where lines for the user go. On a real terminal, with colours and one line of progress. */
public final class Terminal {

  private static final String ERASE_LINE = "\r\033[2K";
  private static final String RESET = "\033[0m";

  private final PrintStream out;
  private final boolean rich;
  private boolean progressShown;

  private Terminal(PrintStream out, boolean rich) {
    this.out = out;
    this.rich = rich;
  }

  /** A colour with a meaning. */
  public enum Tone {
    GOOD("\033[32m"),
    WARN("\033[33m"),
    BAD("\033[31m"),
    FAINT("\033[2m"),
    STRONG("\033[1m"),
    PLAIN("");

    private final String code;

    Tone(String code) {
      this.code = code;
    }
  }

  /**
   * The standard output, always in UTF-8.
   *
   * @param rich whether colours and progress are understood
   */
  public static Terminal standard(boolean rich) {
    return new Terminal(
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8),
        rich);
  }

  /** Prints one line. */
  public synchronized void line(String text) {
    if (progressShown) {
      out.print(ERASE_LINE);
      progressShown = false;
    }
    out.println(text);
  }

  /** Prints an empty line. */
  public void line() {
    line("");
  }

  /** Replaces the line of progress; nothing where there is no real terminal. */
  public synchronized void progress(String text) {
    if (rich) {
      out.print(ERASE_LINE + text);
      out.flush();
      progressShown = true;
    }
  }

  /** The text in a tone. */
  public String tone(Tone tone, String text) {
    return rich && tone != Tone.PLAIN ? tone.code + text + RESET : text;
  }

  /** The text in a tone, filled up with blanks to {@code width}; longer text is cut. */
  public String cell(Tone tone, String text, int width) {
    String fitting = text.length() > width ? text.substring(0, width - 1) + "…" : text;
    return tone(tone, fitting) + " ".repeat(width - fitting.length());
  }
}
