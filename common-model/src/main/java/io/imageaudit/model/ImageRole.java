package io.imageaudit.model;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What the image is used for on the product page. */
public enum ImageRole {
  @JsonProperty("main")
  MAIN,
  @JsonProperty("gallery")
  GALLERY,
  @JsonProperty("detail")
  DETAIL,
  @JsonProperty("sku")
  SKU
}
