package io.imageaudit.worker.inference;

import org.jspecify.annotations.Nullable;

/** Who we are, for one model server. */
interface Credentials {

  /** Name of the header or metadata entry. */
  String header();

  /** Its value now; none when the server asks for nothing. */
  @Nullable String value();

  /**
   * Gets a new token, after the server refused the one it was shown.
   *
   * @param refused the value that was refused
   * @return whether there is another one now
   */
  boolean renew(@Nullable String refused);
}
