package io.imageaudit.intake.store;

import io.imageaudit.model.ContentDigest;
import io.imageaudit.model.TenantId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Remembers content before it is kept: whatever a crash leaves in the store is known, and can be
 * swept away.
 */
final class RecordedImageStore implements ImageStore {

  private final ImageStore store;
  private final KeptContents contents;
  private final InstantSource clock;

  RecordedImageStore(ImageStore store, KeptContents contents, InstantSource clock) {
    this.store = store;
    this.contents = contents;
    this.clock = clock;
  }

  @Override
  public void keep(TenantId tenant, StagedContent content) throws IOException {
    contents.record(tenant, content.sha256(), clock.instant());
    store.keep(tenant, content);
  }

  @Override
  public Optional<HeldFile> find(TenantId tenant, ContentDigest sha256) throws IOException {
    return store.find(tenant, sha256);
  }

  @Override
  public boolean contains(TenantId tenant, ContentDigest sha256) throws IOException {
    return store.contains(tenant, sha256);
  }

  @Override
  public void keepPreview(TenantId tenant, ContentDigest sha256, ByteBuffer jpeg)
      throws IOException {
    store.keepPreview(tenant, sha256, jpeg);
  }

  @Override
  public Optional<byte[]> findPreview(TenantId tenant, ContentDigest sha256) throws IOException {
    return store.findPreview(tenant, sha256);
  }

  @Override
  public void erase(TenantId tenant, ContentDigest sha256) throws IOException {
    store.erase(tenant, sha256);
  }
}
