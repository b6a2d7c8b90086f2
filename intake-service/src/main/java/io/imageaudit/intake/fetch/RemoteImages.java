package io.imageaudit.intake.fetch;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;

/** The images that lie at addresses of the tenants' choice. */
public interface RemoteImages {

  /**
   * Downloads one.
   *
   * @param address where it lies; may be anything
   * @param atMost how long the caller can wait, for a turn and for the bytes; once it is its turn
   *     the settings may allow less
   * @throws IOException when the bytes cannot be written on our side
   */
  FetchOutcome fetch(URI address, Duration atMost) throws IOException;
}
