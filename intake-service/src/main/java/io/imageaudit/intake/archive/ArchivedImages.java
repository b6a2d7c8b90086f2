package io.imageaudit.intake.archive;

import io.imageaudit.model.ContentDigest;
import io.imageaudit.model.TenantId;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The rows of images and of stored content. Erasing happens under a lock of the row. */
interface ArchivedImages {

  /**
   * Content of one tenant.
   *
   * @param tenant whose
   * @param sha256 address
   */
  record Address(TenantId tenant, ContentDigest sha256) {}

  /** Removes bytes. */
  @FunctionalInterface
  interface Eraser {

    /** Removes the bytes at the address for good. */
    void erase(Address address) throws IOException;
  }

  /** One image of the tenant. */
  Optional<ArchivedImage> find(Address address);

  /**
   * Erases one image's bytes and remembers when.
   *
   * @return whether the tenant has such an image
   */
  boolean erase(Address address, Instant now, Eraser eraser);

  /** Images last used before a time and not erased yet, the longest unused first. */
  List<Dated> unused(Instant before, Tenants tenants, Dated after, int atMost);

  /**
   * Erases an image's bytes, unless it was used since, or is in use at this moment.
   *
   * @return whether they are erased now
   */
  boolean eraseUnused(Address address, Instant before, Instant now, Eraser eraser);

  /** Contents kept before a time that belong to no image, the oldest first. */
  List<Dated> orphans(Instant before, Dated after, int atMost);

  /**
   * Erases content, unless it belongs to an image or was kept again since.
   *
   * @return whether it is erased now
   */
  boolean eraseOrphan(Address address, Instant before, Eraser eraser);

  /**
   * Content and the time by which it is found.
   *
   * @param time of its last use, or of its keeping
   * @param address which
   */
  record Dated(Instant time, Address address) {

    /** Before all others. */
    static final Dated FIRST =
        new Dated(
            Instant.EPOCH, new Address(new TenantId("000"), new ContentDigest("0".repeat(64))));
  }

  /**
   * A choice of tenants.
   *
   * @param names the tenants named
   * @param except whether all but those are meant
   */
  record Tenants(List<String> names, boolean except) {

    /** Copies the names. */
    public Tenants {
      names = List.copyOf(names);
    }
  }
}
