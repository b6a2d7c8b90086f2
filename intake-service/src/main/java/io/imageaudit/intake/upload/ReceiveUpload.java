package io.imageaudit.intake.upload;

import io.imageaudit.intake.store.ImageStore;
import io.imageaudit.intake.store.StagedContent;
import io.imageaudit.intake.store.Staging;
import io.imageaudit.model.TenantId;
import java.io.IOException;
import java.io.InputStream;
import org.springframework.stereotype.Component;

/**
 * The step before a submission: bytes go to the tenant's part of the store while they are being
 * digested. Whether they are an image is judged when their audit is ingested.
 */
@Component
class ReceiveUpload {

  private final Staging staging;
  private final ImageStore store;
  private final UploadSettings settings;

  ReceiveUpload(Staging staging, ImageStore store, UploadSettings settings) {
    this.staging = staging;
    this.store = store;
    this.settings = settings;
  }

  /**
   * Keeps the bytes, if there are any.
   *
   * @throws io.imageaudit.intake.store.ContentTooLargeException when there are too many
   * @throws IOException when they cannot be read or kept
   */
  ReceivedUpload receive(TenantId tenant, InputStream content) throws IOException {
    try (StagedContent staged = staging.receive(content, limit())) {
      if (staged.bytes() > 0) {
        store.keep(tenant, staged);
      }
      return new ReceivedUpload(staged.sha256(), staged.bytes());
    }
  }

  /** Most bytes of one upload. */
  long limit() {
    return settings.maxBytes().toBytes();
  }
}
