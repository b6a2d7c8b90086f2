package io.imageaudit.worker.image;

import io.imageaudit.model.ContentDigest;
import io.imageaudit.model.TenantId;
import java.io.IOException;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/**
 * Images in an S3-compatible object store, under the same names as in a folder: {@code
 * <tenant>/<first two digits>/<digest>}.
 */
final class S3ImageBytes implements ImageBytes {

  private final S3Client s3;
  private final String bucket;
  private final long maxBytes;

  S3ImageBytes(S3Client s3, String bucket, long maxBytes) {
    this.s3 = s3;
    this.bucket = bucket;
    this.maxBytes = maxBytes;
  }

  @Override
  public byte[] read(TenantId tenant, ContentDigest digest) throws IOException {
    String hex = digest.hex();
    String key = tenant.value() + '/' + hex.substring(0, 2) + '/' + hex;
    byte[] bytes = read(key);
    if (!ContentDigest.of(bytes).equals(digest)) {
      throw new WrongBytesException(hex + ": the stored bytes have another digest");
    }
    return bytes;
  }

  private byte[] read(String key) throws IOException {
    try (ResponseInputStream<GetObjectResponse> object =
        s3.getObject(get -> get.bucket(bucket).key(key))) {
      long size = object.response().contentLength();
      if (size > maxBytes) {
        object.abort();
        throw new WrongBytesException(
            key + ": " + size + " bytes (expected: at most " + maxBytes + ")");
      }
      return object.readAllBytes();
    } catch (NoSuchKeyException _) {
      throw new WrongBytesException(key + ": is not in the store");
    } catch (SdkException e) {
      throw new IOException(key + ": the object store cannot be read", e);
    }
  }
}
