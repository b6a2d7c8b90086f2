package io.imageaudit.intake.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Sends staged content as one object: in one request that carries the content's digest for the
 * server to compare, or, when it is large, in parts that carry a checksum each. Whoever comes
 * second with the same content has nothing to do.
 */
final class S3Upload {

  private static final int PRECONDITION_FAILED = 412;
  private static final int CONFLICT = 409;

  private final S3Client s3;
  private final S3Settings settings;

  S3Upload(S3Client s3, S3Settings settings) {
    this.s3 = s3;
    this.settings = settings;
  }

  /**
   * Sends the content; afterwards the object is there.
   *
   * @throws IOException when the content cannot be read
   * @throws SdkException when the server does not take it; nothing stays behind
   */
  void send(String key, StagedContent content) throws IOException {
    try {
      send(key, content, settings.conditionalPut() ? "*" : null);
    } catch (S3Exception e) {
      if (e.statusCode() != PRECONDITION_FAILED && e.statusCode() != CONFLICT) {
        throw e;
      }
      s3.headObject(head -> head.bucket(settings.bucket()).key(key));
    }
  }

  /**
   * Sends the content whatever is there; afterwards it is the object.
   *
   * @throws IOException when the content cannot be read
   * @throws SdkException when the server does not take it; what was there stays
   */
  void replace(String key, StagedContent content) throws IOException {
    send(key, content, null);
  }

  private void send(String key, StagedContent content, @Nullable String unless) throws IOException {
    if (content.bytes() > settings.multipartAbove().toBytes()) {
      sendParts(key, content, unless);
    } else {
      sendWhole(key, content, unless);
    }
  }

  private void sendWhole(String key, StagedContent content, @Nullable String unless) {
    byte[] digest = HexFormat.of().parseHex(content.sha256().hex());
    s3.putObject(
        put ->
            put.bucket(settings.bucket())
                .key(key)
                .ifNoneMatch(unless)
                .contentType("application/octet-stream")
                .checksumSHA256(Base64.getEncoder().encodeToString(digest)),
        RequestBody.fromFile(content.file()));
  }

  private void sendParts(String key, StagedContent content, @Nullable String unless)
      throws IOException {
    String upload =
        s3.createMultipartUpload(create ->
                create
                    .bucket(settings.bucket())
                    .key(key)
                    .contentType("application/octet-stream")
                    .checksumAlgorithm(ChecksumAlgorithm.SHA256))
            .uploadId();
    boolean complete = false;
    try {
      List<CompletedPart> parts = parts(key, upload, content);
      s3.completeMultipartUpload(end ->
          end.bucket(settings.bucket())
              .key(key)
              .uploadId(upload)
              .ifNoneMatch(unless)
              .multipartUpload(sent -> sent.parts(parts)));
      complete = true;
    } finally {
      if (!complete) {
        s3.abortMultipartUpload(abort -> abort.bucket(settings.bucket()).key(key).uploadId(upload));
      }
    }
  }

  private List<CompletedPart> parts(String key, String upload, StagedContent content)
      throws IOException {
    List<CompletedPart> parts = new ArrayList<>();
    long size = settings.partSize().toBytes();
    try (FileChannel file = FileChannel.open(content.file(), StandardOpenOption.READ)) {
      for (long from = 0; from < content.bytes(); from += size) {
        long length = Math.min(size, content.bytes() - from);
        parts.add(part(key, upload, parts.size() + 1, piece(file, from, length)));
      }
    }
    return parts;
  }

  private CompletedPart part(String key, String upload, int number, RequestBody piece) {
    var sent =
        s3.uploadPart(
            put ->
                put.bucket(settings.bucket())
                    .key(key)
                    .uploadId(upload)
                    .partNumber(number)
                    .checksumAlgorithm(ChecksumAlgorithm.SHA256),
            piece);
    return CompletedPart.builder()
        .partNumber(number)
        .eTag(sent.eTag())
        .checksumSHA256(sent.checksumSHA256())
        .build();
  }

  /** A piece of the file that can be read again when the request is repeated. */
  private static RequestBody piece(FileChannel file, long from, long length) {
    return RequestBody.fromContentProvider(
        () -> new PieceInput(file, from, length), length, "application/octet-stream");
  }
}
