package io.imageaudit.intake.fetch;

import io.imageaudit.intake.store.StagedContent;
import io.imageaudit.model.Failure;

/** How a download ended. */
public sealed interface FetchOutcome {

  /**
   * All bytes are there.
   *
   * @param content to be closed by whoever takes it
   * @param receipt where they came from
   */
  record Fetched(StagedContent content, FetchReceipt receipt) implements FetchOutcome {}

  /**
   * There is nothing to be had.
   *
   * @param failure why, in words that the submitter may read
   */
  record NotFetched(Failure failure) implements FetchOutcome {}
}
