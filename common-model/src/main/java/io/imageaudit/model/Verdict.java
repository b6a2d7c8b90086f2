package io.imageaudit.model;

/** What to do with the image; in rising order of severity. */
public enum Verdict {
  PASS,
  REVIEW,
  BLOCK;

  /** The more severe of the two. */
  public Verdict or(Verdict other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
