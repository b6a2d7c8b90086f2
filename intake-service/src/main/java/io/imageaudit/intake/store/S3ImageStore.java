package io.imageaudit.intake.store;

import io.imageaudit.model.ContentDigest;
import io.imageaudit.model.TenantId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/**
 * Content in an S3-compatible object store, under the same names as in files: {@code
 * <tenant>/<first two digits>/<sha256>}. The server compares what arrives with the digest that is
 * the name, an object appears whole or not at all, and what is read is digested again before it is
 * handed out.
 */
final class S3ImageStore implements ImageStore {

  private static final String PREVIEW = ".preview.jpg";

  private final S3Client s3;
  private final S3Settings settings;
  private final S3Upload upload;
  private final Staging staging;

  /**
   * A store in one bucket.
   *
   * @param staging takes the copies that are made for readers
   */
  S3ImageStore(S3Client s3, S3Settings settings, Staging staging) {
    this.s3 = s3;
    this.settings = settings;
    this.upload = new S3Upload(s3, settings);
    this.staging = staging;
  }

  @Override
  public void keep(TenantId tenant, StagedContent content) throws IOException {
    String key = key(tenant, content.sha256());
    if (!exists(key)) {
      call(() -> upload.send(key, content));
    }
  }

  @Override
  public Optional<HeldFile> find(TenantId tenant, ContentDigest sha256) throws IOException {
    try (ResponseInputStream<GetObjectResponse> object = open(key(tenant, sha256))) {
      StagedContent copy = staging.receive(object, Long.MAX_VALUE);
      if (!copy.sha256().equals(sha256)) {
        copy.close();
        throw new IOException(sha256 + ": the stored bytes have another digest");
      }
      return Optional.of(new HeldFile(copy.file(), true));
    } catch (NoSuchKeyException _) {
      return Optional.empty();
    } catch (SdkException e) {
      throw new IOException("the object store cannot be read", e);
    }
  }

  @Override
  public boolean contains(TenantId tenant, ContentDigest sha256) throws IOException {
    return exists(key(tenant, sha256));
  }

  @Override
  public void keepPreview(TenantId tenant, ContentDigest sha256, ByteBuffer jpeg)
      throws IOException {
    String key = previewKey(tenant, sha256);
    call(() ->
        s3.putObject(
            put -> put.bucket(settings.bucket()).key(key).contentType("image/jpeg"),
            RequestBody.fromByteBuffer(jpeg.duplicate())));
  }

  @Override
  public Optional<byte[]> findPreview(TenantId tenant, ContentDigest sha256) throws IOException {
    try (ResponseInputStream<GetObjectResponse> object = open(previewKey(tenant, sha256))) {
      return Optional.of(object.readAllBytes());
    } catch (NoSuchKeyException _) {
      return Optional.empty();
    } catch (SdkException e) {
      throw new IOException("the object store cannot be read", e);
    }
  }

  /** Parts of an upload that a crash broke off are removed too. */
  @Override
  public void erase(TenantId tenant, ContentDigest sha256) throws IOException {
    String key = key(tenant, sha256);
    String bucket = settings.bucket();
    call(() -> {
      s3.deleteObject(delete -> delete.bucket(bucket).key(previewKey(tenant, sha256)));
      s3.deleteObject(delete -> delete.bucket(bucket).key(key));
      for (MultipartUpload broken :
          s3.listMultipartUploads(list -> list.bucket(bucket).prefix(key)).uploads()) {
        s3.abortMultipartUpload(
            abort -> abort.bucket(bucket).key(broken.key()).uploadId(broken.uploadId()));
      }
    });
  }

  private boolean exists(String key) throws IOException {
    try {
      s3.headObject(head -> head.bucket(settings.bucket()).key(key));
      return true;
    } catch (NoSuchKeyException _) {
      return false;
    } catch (SdkException e) {
      throw new IOException("the object store cannot be asked", e);
    }
  }

  private ResponseInputStream<GetObjectResponse> open(String key) {
    return s3.getObject(get -> get.bucket(settings.bucket()).key(key));
  }

  private static String key(TenantId tenant, ContentDigest sha256) {
    return tenant.value() + '/' + sha256.hex().substring(0, 2) + '/' + sha256.hex();
  }

  private static String previewKey(TenantId tenant, ContentDigest sha256) {
    return key(tenant, sha256) + PREVIEW;
  }

  /** Calls to the server. */
  @FunctionalInterface
  private interface Calls {
    void make() throws IOException;
  }

  private static void call(Calls calls) throws IOException {
    try {
      calls.make();
    } catch (SdkException e) {
      throw new IOException("the object store cannot be written", e);
    }
  }
}
