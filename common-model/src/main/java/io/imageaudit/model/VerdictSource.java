package io.imageaudit.model;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Who gave a verdict. */
public enum VerdictSource {
  @JsonProperty("machine")
  MACHINE,
  @JsonProperty("person")
  PERSON,
  /** The same content was judged before under the same policy and models. */
  @JsonProperty("reuse")
  REUSE
}
