package io.imageaudit.intake.fetch;

import io.imageaudit.intake.store.StagedContent;
import io.imageaudit.model.Failure;
import java.net.URI;

/** What one request of a download led to. */
sealed interface Hop {

  /**
   * The body.
   *
   * @param content all of it
   * @param connection over which it came
   */
  record Arrived(StagedContent content, Connection connection) implements Hop {}

  /**
   * To another address.
   *
   * @param target not yet inspected
   */
  record Onward(URI target) implements Hop {}

  /**
   * To nothing.
   *
   * @param failure why
   */
  record DeadEnd(Failure failure) implements Hop {}
}
