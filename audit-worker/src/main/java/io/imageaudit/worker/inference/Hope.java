package io.imageaudit.worker.inference;

/** Whether a look that failed may succeed another time; the most hopeful first. */
public enum Hope {
  /** Without anybody's doing: worth waiting for. */
  SOON,
  /** When somebody has put something right: worth another verdict, not worth waiting for. */
  LATER,
  /** It would end the same way. */
  NEVER;

  /** The more hopeful of the two. */
  public Hope or(Hope other) {
    return compareTo(other) <= 0 ? this : other;
  }
}
