package io.imageaudit.model;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Where in the image a check saw what it found. */
public enum FindingSource {
  @JsonProperty("image")
  IMAGE,
  @JsonProperty("text-in-image")
  TEXT_IN_IMAGE,
  @JsonProperty("qr")
  QR,
  @JsonProperty("library")
  LIBRARY
}
