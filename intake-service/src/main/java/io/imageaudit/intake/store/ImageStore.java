package io.imageaudit.intake.store;

import io.imageaudit.model.ContentDigest;
import io.imageaudit.model.TenantId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Keeps bytes under their digest, each tenant's apart from the others': the same bytes are kept
 * once per tenant, and erasing one tenant's never touches another's.
 */
public interface ImageStore {

  /**
   * Keeps the content; does nothing when the tenant has it already, and replaces it when what the
   * tenant has is damaged. Afterwards it survives a crash.
   *
   * @throws IOException when it cannot be written; then it is not kept at all
   */
  void keep(TenantId tenant, StagedContent content) throws IOException;

  /**
   * A file with the tenant's content of that digest, whose bytes were checked against it; empty
   * when the tenant has none. The reader closes it.
   *
   * @throws DamagedContentException when its bytes are not what they were
   * @throws IOException when it cannot be read
   */
  Optional<HeldFile> find(TenantId tenant, ContentDigest sha256) throws IOException;

  /** Whether the tenant has content of that digest; its bytes are not read. */
  boolean contains(TenantId tenant, ContentDigest sha256) throws IOException;

  /**
   * Keeps a small picture of the content for people, beside the content.
   *
   * @throws IOException when it cannot be written
   */
  void keepPreview(TenantId tenant, ContentDigest sha256, ByteBuffer jpeg) throws IOException;

  /**
   * The preview, a JPEG file, if there is one.
   *
   * @throws IOException when it cannot be read
   */
  Optional<byte[]> findPreview(TenantId tenant, ContentDigest sha256) throws IOException;

  /**
   * Removes the tenant's content of that digest and its preview for good; does nothing when there
   * is none.
   *
   * @throws IOException when it cannot be removed
   */
  void erase(TenantId tenant, ContentDigest sha256) throws IOException;
}
