package io.imageaudit.gateway.submit;

import java.net.URI;
import org.springframework.core.io.InputStreamSource;

/** The image that a request brings. */
sealed interface OfferedImage {

  /**
   * To be fetched by intake.
   *
   * @param url http or https
   */
  record Remote(URI url) implements OfferedImage {}

  /**
   * Came with the request.
   *
   * @param content the bytes
   * @param size how many
   */
  record Content(InputStreamSource content, long size) implements OfferedImage {}
}
