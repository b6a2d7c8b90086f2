package io.imageaudit.intake.store;

import io.imageaudit.model.ContentDigest;
import io.imageaudit.model.TenantId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Content in an S3-compatible object store, under the same names as in files: {@code
 * <tenant>/<first two digits>/<sha256>}. The server compares what arrives with the digest that is
 * the name, an object appears whole or not at all, and what is read is digested again before it is
 * handed out.
 */
final class S3ImageStore implements ImageStore {

  private static final Logger LOG = LoggerFactory.getLogger(S3ImageStore.class);
  private static final int NOT_FOUND = 404;
  private static final String PREVIEW = ".preview.jpg";

  private final S3Client s3;
  private final S3Settings settings;
  private final S3Upload upload;
  private final Staging staging;

  /** Names of objects whose bytes were seen to be others; an object tells only its length. */
  private final Set<String> damaged = ConcurrentHashMap.newKeySet();

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
    Optional<HeadObjectResponse> held = head(key);
    if (held.isEmpty()) {
      call(() -> upload.send(key, content));
    } else if (held.get().contentLength() != content.bytes() || damaged.contains(key)) {
      LOG.warn("{} of tenant {} is damaged; it is replaced.", content.sha256(), tenant.value());
      call(() -> upload.replace(key, content));
      damaged.remove(key);
    }
  }

  @Override
  public Optional<HeldFile> find(TenantId tenant, ContentDigest sha256) throws IOException {
    try (ResponseInputStream<GetObjectResponse> object = open(key(tenant, sha256))) {
      StagedContent copy = staging.receive(object, Long.MAX_VALUE);
      if (!copy.sha256().equals(sha256)) {
        copy.close();
        damaged.add(key(tenant, sha256));
        throw new DamagedContentException(sha256);
      }
      return Optional.of(new HeldFile(copy.file(), true));
    } catch (SdkException e) {
      return nothing(e, "the object store cannot be read");
    }
  }

  @Override
  public boolean contains(TenantId tenant, ContentDigest sha256) throws IOException {
    return head(key(tenant, sha256)).isPresent();
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
    } catch (SdkException e) {
      return nothing(e, "the object store cannot be read");
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
    });
    damaged.remove(key);
    abortUploads(key);
  }

  /** Not all servers and credentials allow it; the bucket's own rules remove parts too. */
  private void abortUploads(String key) {
    String bucket = settings.bucket();
    try {
      for (MultipartUpload broken :
          s3.listMultipartUploads(list -> list.bucket(bucket).prefix(key)).uploads()) {
        s3.abortMultipartUpload(
            abort -> abort.bucket(bucket).key(broken.key()).uploadId(broken.uploadId()));
      }
    } catch (SdkException e) {
      LOG.warn("Parts of broken uploads of {} may be left.", key, e);
    }
  }

  private Optional<HeadObjectResponse> head(String key) throws IOException {
    try {
      return Optional.of(s3.headObject(head -> head.bucket(settings.bucket()).key(key)));
    } catch (SdkException e) {
      return nothing(e, "the object store cannot be asked");
    }
  }

  /** Servers have several names for an object that is not there, and one status. */
  private static <T> Optional<T> nothing(SdkException fault, String message) throws IOException {
    if (fault instanceof S3Exception answer
        && answer.statusCode() == NOT_FOUND
        && !(answer instanceof NoSuchBucketException)) {
      return Optional.empty();
    }
    throw new IOException(message, fault);
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
