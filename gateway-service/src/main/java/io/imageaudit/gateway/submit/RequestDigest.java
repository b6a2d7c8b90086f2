package io.imageaudit.gateway.submit;

import io.imageaudit.model.ContentDigest;
import io.imageaudit.model.ImageSource;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * Digest of what a request means: of its fields in a fixed order, each with its length before it,
 * and of the image's digest rather than its form. So base64 and a file part with the same bytes are
 * the same request, and boundaries or the order of fields do not matter.
 */
final class RequestDigest {

  private final MessageDigest sha256 = ContentDigest.sha256();

  private RequestDigest() {}

  static ContentDigest of(AuditOrder order, ImageSource image) {
    RequestDigest digest = new RequestDigest();
    switch (image) {
      case ImageSource.Remote remote -> digest.add("url").add(remote.url());
      case ImageSource.Stored stored -> digest.add("content").add(stored.sha256());
    }
    digest
        .add(order.callback())
        .add(order.timeout())
        .add(order.reference())
        .add(order.strategy())
        .add(order.imageRole())
        .add(order.priority());
    return ContentDigest.of(digest.sha256);
  }

  private RequestDigest add(@Nullable Object field) {
    byte[] text = field == null ? null : field.toString().getBytes(StandardCharsets.UTF_8);
    int length = text == null ? -1 : text.length;
    sha256.update(ByteBuffer.allocate(Integer.BYTES).putInt(length).flip());
    if (text != null) {
      sha256.update(text);
    }
    return this;
  }
}
