package io.imageaudit.gateway.submit;

import io.imageaudit.model.ContentDigest;
import io.imageaudit.model.ImageSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Digest of what a request means: of its fields in a fixed order, each with its length before it,
 * and of the image's digest rather than its form. So base64 and a file part with the same bytes are
 * the same request, and boundaries or the order of fields do not matter.
 */
final class RequestDigest {

  private final MessageDigest sha256 = ContentDigest.sha256();

  private RequestDigest() {}

  /** Digest of a request for one image. */
  static ContentDigest of(AuditOrder order, ImageSource image) {
    RequestDigest digest = new RequestDigest();
    switch (image) {
      case ImageSource.Remote remote -> digest.add("url").add(remote.url());
      case ImageSource.Stored stored -> digest.add("content").add(stored.sha256());
    }
    return ContentDigest.of(digest.add(order).sha256);
  }

  /** Digest of a whole batch. Items that cannot be accepted count by their place alone. */
  static ContentDigest of(List<Checked> items) {
    RequestDigest digest = new RequestDigest().add("batch");
    for (Checked item : items) {
      switch (item) {
        case Checked.Acceptable(AuditOrder order) -> digest.add(order.image()).add(order);
        case Checked.Unacceptable _ -> digest.add("none");
      }
    }
    return ContentDigest.of(digest.sha256);
  }

  private RequestDigest add(OfferedImage image) {
    return switch (image) {
      case OfferedImage.Remote remote -> add("url").add(remote.url());
      case OfferedImage.Content content -> add("content").add(digest(content));
    };
  }

  private static ContentDigest digest(OfferedImage.Content content) {
    MessageDigest sha256 = ContentDigest.sha256();
    try (InputStream bytes = content.content().getInputStream()) {
      bytes.transferTo(new DigestOutputStream(OutputStream.nullOutputStream(), sha256));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return ContentDigest.of(sha256);
  }

  private RequestDigest add(AuditOrder order) {
    return add(order.callback())
        .add(order.timeout())
        .add(order.reference())
        .add(order.strategy())
        .add(order.imageRole())
        .add(order.priority());
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
