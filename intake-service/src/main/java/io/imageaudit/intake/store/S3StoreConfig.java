package io.imageaudit.intake.store;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.BucketAlreadyExistsException;
import software.amazon.awssdk.services.s3.model.BucketAlreadyOwnedByYouException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Connects to an object store. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "image-audit.store.kind", havingValue = "s3")
class S3StoreConfig {

  private static final int NOT_FOUND = 404;

  @Bean(destroyMethod = "close")
  S3Client s3Client(StoreSettings settings) {
    S3Client client = client(settings.s3());
    if (settings.s3().createBucket()) {
      createBucket(client, settings.s3().bucket());
    }
    return client;
  }

  /** Makes the bucket, unless there is one. */
  static void createBucket(S3Client client, String bucket) {
    try {
      client.headBucket(head -> head.bucket(bucket));
    } catch (S3Exception e) {
      if (e.statusCode() != NOT_FOUND) {
        throw e;
      }
      try {
        client.createBucket(create -> create.bucket(bucket));
      } catch (BucketAlreadyOwnedByYouException | BucketAlreadyExistsException _) {
        // Another replica was quicker, if it is one that may be used.
        client.headBucket(head -> head.bucket(bucket));
      }
    }
  }

  /** Every request that may carry a checksum does so as this service asks, never by default. */
  static S3Client client(S3Settings settings) {
    S3ClientBuilder builder =
        S3Client.builder()
            .region(Region.of(settings.region()))
            .credentialsProvider(credentials(settings))
            .forcePathStyle(settings.pathStyle())
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .overrideConfiguration(calls -> calls.apiCallTimeout(settings.timeout()))
            .httpClientBuilder(
                Apache5HttpClient.builder()
                    .maxConnections(settings.connections())
                    .connectionTimeout(settings.timeout().dividedBy(4))
                    .connectionAcquisitionTimeout(settings.timeout())
                    .socketTimeout(settings.timeout().dividedBy(2)));
    if (settings.endpoint() != null) {
      builder.endpointOverride(settings.endpoint());
    }
    return builder.build();
  }

  private static AwsCredentialsProvider credentials(S3Settings settings) {
    return settings.accessKey().isEmpty()
        ? DefaultCredentialsProvider.builder().build()
        : StaticCredentialsProvider.create(
            AwsBasicCredentials.create(settings.accessKey(), settings.secretKey()));
  }
}
