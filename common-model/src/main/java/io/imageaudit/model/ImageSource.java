package io.imageaudit.model;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.net.URI;

/** Where the bytes of a submitted image are to be had. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = ImageSource.Remote.class, name = "url"),
  @JsonSubTypes.Type(value = ImageSource.Stored.class, name = "stored")
})
public sealed interface ImageSource {

  /**
   * To be fetched from an address that the tenant chose.
   *
   * @param url http or https
   */
  record Remote(URI url) implements ImageSource {}

  /**
   * Uploaded, and already in the tenant's part of the content store.
   *
   * @param sha256 address of the bytes
   * @param bytes size, bytes
   */
  record Stored(ContentDigest sha256, long bytes) implements ImageSource {}
}
