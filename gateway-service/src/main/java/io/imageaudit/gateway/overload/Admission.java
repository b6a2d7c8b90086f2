package io.imageaudit.gateway.overload;

import io.imageaudit.gateway.problem.ProblemException;
import java.util.function.Supplier;

/**
 * Bounds the work in progress. What comes on top waits a little, in order; what would wait for too
 * long, or finds too many waiting, is refused at once. Bodies are read before and long polls wait
 * outside, so a slow client holds no place.
 *
 * <p>Work that hands an image on may be held up by another service for long. It has to find one of
 * a quarter of the places, so the others go on meanwhile.
 */
public final class Admission {

  private static final int SHARE_OF_UPLOADS = 4;

  private final Places all;
  private final Places uploads;

  Admission(OverloadSettings settings) {
    int places = settings.maxInProgress();
    all = new Places(places, settings.maxWaiting(), settings.longestWait());
    uploads =
        new Places(
            Math.ceilDiv(places, SHARE_OF_UPLOADS), settings.maxWaiting(), settings.longestWait());
  }

  /**
   * Does the work when there is a place for it.
   *
   * @throws ProblemException when there is none in time
   */
  public <T> T within(Supplier<T> work) {
    return all.within(work);
  }

  /**
   * Does work that hands an image on when there is a place for it.
   *
   * @throws ProblemException when there is none in time
   */
  public <T> T withUpload(Supplier<T> work) {
    return uploads.within(() -> all.within(work));
  }
}
