package io.imageaudit.worker.check;

import java.time.Instant;

/**
 * Until when a check may look.
 *
 * @param answer when a model must have answered
 * @param hope when a check gives up on models that are away; not after {@code answer}
 */
public record LastCall(Instant answer, Instant hope) {

  /**
   * Makes it.
   *
   * @param hope counts as {@code answer} when it is later
   */
  public LastCall {
    hope = hope.isBefore(answer) ? hope : answer;
  }

  /** Hopes as long as there is time. */
  public static LastCall at(Instant answer) {
    return new LastCall(answer, answer);
  }
}
