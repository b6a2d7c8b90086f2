package io.imageaudit.intake.archive;

import io.imageaudit.intake.archive.ArchivedImages.Address;
import io.imageaudit.intake.archive.ArchivedImages.Dated;
import io.imageaudit.intake.archive.ArchivedImages.Tenants;
import io.imageaudit.intake.store.ImageStore;
import io.imageaudit.intake.store.Staging;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Erases bytes and previews: one image when its tenant asks for it, and all that are too old. The
 * digest and what is known about an image are kept, so that its audit record still means something.
 */
@Component
class EraseImages {

  private static final Logger LOG = LoggerFactory.getLogger(EraseImages.class);
  private static final int AT_ONCE = 200;

  /** So many failures are not a matter of single contents: the store is away. */
  private static final int GIVEN_UP_AFTER = 50;

  private static final Duration STAGED_AGE = Duration.ofHours(1);

  private final ArchivedImages images;
  private final ImageStore store;
  private final Staging staging;
  private final RetentionSettings settings;
  private final InstantSource clock;

  EraseImages(
      ArchivedImages images,
      ImageStore store,
      Staging staging,
      RetentionSettings settings,
      InstantSource clock) {
    this.images = images;
    this.store = store;
    this.staging = staging;
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * Erases one image.
   *
   * @return whether the tenant has such an image; true also when it was erased before
   */
  boolean erase(Address address) {
    return images.erase(address, clock.instant(), this::eraseBytes);
  }

  /** Erases what is too old, and what crashes left behind. */
  @Scheduled(
      initialDelayString = "${image-audit.retention.sweep-every:1h}",
      fixedDelayString = "${image-audit.retention.sweep-every:1h}")
  void sweep() {
    try {
      int erased = sweepImages() + sweepOrphans();
      int staged = staging.sweep(clock.instant().minus(STAGED_AGE));
      LOG.info("Erased {} contents by age and {} left over.", erased, staged);
    } catch (IOException | RuntimeException e) { // The next sweep tries again.
      LOG.warn("A sweep failed; the next one tries again.", e);
    }
  }

  private int sweepImages() {
    int erased = 0;
    for (Map.Entry<String, Duration> own : settings.tenants().entrySet()) {
      erased += sweep(own.getValue(), new Tenants(List.of(own.getKey()), false));
    }
    return erased
        + sweep(settings.age(), new Tenants(List.copyOf(settings.tenants().keySet()), true));
  }

  private int sweep(Duration age, Tenants tenants) {
    Instant now = clock.instant();
    Instant before = now.minus(age);
    return sweep(
        after -> images.unused(before, tenants, after, AT_ONCE),
        address -> images.eraseUnused(address, before, now, this::eraseBytes));
  }

  private int sweepOrphans() {
    Instant before = clock.instant().minus(settings.orphanAge());
    return sweep(
        after -> images.orphans(before, after, AT_ONCE),
        address -> images.eraseOrphan(address, before, this::eraseBytes));
  }

  /** What cannot be erased is left to the next sweep, and stands in the way of no other. */
  private static int sweep(Function<Dated, List<Dated>> search, Predicate<Address> erasure) {
    int erased = 0;
    int failed = 0;
    Dated last = Dated.FIRST;
    List<Dated> found;
    do {
      found = search.apply(last);
      for (Dated each : found) {
        last = each;
        try {
          erased += erasure.test(each.address()) ? 1 : 0;
        } catch (RuntimeException e) {
          LOG.warn("{} cannot be erased; the next sweep tries again.", each.address(), e);
          failed++;
        }
      }
    } while (found.size() == AT_ONCE && failed < GIVEN_UP_AFTER);
    return erased;
  }

  private void eraseBytes(Address address) {
    try {
      store.erase(address.tenant(), address.sha256());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
