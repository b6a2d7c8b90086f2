package io.imageaudit.gateway.quota;

import io.imageaudit.model.TenantId;
import java.time.Duration;

/** For each tenant one token bucket of images and one of bytes. */
interface Buckets {

  /**
   * Draws from both buckets, or from none.
   *
   * @param images how many images are brought
   * @param bytes their size, as far as they came along
   */
  Draw draw(TenantId tenant, int images, long bytes);

  /** Gives back what was drawn for images that were not taken after all. */
  void giveBack(TenantId tenant, int images, long bytes);

  /** What came of it. */
  sealed interface Draw {

    /** How many images may still be brought at once. */
    long left();

    /** After how long the bucket of images is full again. */
    Duration full();

    /** There was enough. */
    record Taken(long left, Duration full) implements Draw {}

    /**
     * There was not enough; nothing was drawn.
     *
     * @param retry after how long there will be
     */
    record Refused(long left, Duration full, Duration retry) implements Draw {}
  }
}
