package io.imageaudit.model;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Whether somebody waits for the verdict. */
public enum Priority {
  @JsonProperty("interactive")
  INTERACTIVE,
  @JsonProperty("bulk")
  BULK
}
