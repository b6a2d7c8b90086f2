package io.imageaudit.worker.policy;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a check that could not look means. None of them is a pass. */
public enum WhenMissing {
  /** A person looks. */
  @JsonProperty("review")
  REVIEW,
  /** There is no verdict: the audit waits until its deadline, then it expires. */
  @JsonProperty("hold")
  HOLD,
  /** The image is blocked. */
  @JsonProperty("block")
  BLOCK
}
