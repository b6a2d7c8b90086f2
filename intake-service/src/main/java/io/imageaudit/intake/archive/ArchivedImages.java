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

  /**
   * Erases images that were last used before a time.
   *
   * @param tenants whose
   * @return how many; never more than {@code atMost}
   */
  int eraseUnused(Instant before, Tenants tenants, Instant now, int atMost, Eraser eraser);

  /** Erases content that is older and belongs to no image; returns how many. */
  int eraseOrphans(Instant before, int atMost, Eraser eraser);

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
