package io.imageaudit.test;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;

/** A server that speaks S3, with its objects in a folder; signed requests only. */
public final class RealS3 implements AutoCloseable {

  /** Name of the only credential. */
  public static final String ACCESS_KEY = "image-audit";

  /** Its secret. */
  public static final String SECRET_KEY = "image-audit-secret";

  private final S3Proxy server;

  private RealS3(S3Proxy server) {
    this.server = server;
  }

  /**
   * Starts it on a free port.
   *
   * @param folder for the objects: each bucket is a folder in it
   */
  public static RealS3 start(Path folder, String... buckets) throws IOException {
    for (String bucket : buckets) {
      Files.createDirectories(folder.resolve(bucket));
    }
    FilesystemNio2BlobStore objects = new FilesystemNio2BlobStore(folder.toString());
    S3Proxy server =
        S3Proxy.builder()
            .blobStore(objects)
            .endpoint(URI.create("http://127.0.0.1:0"))
            .awsAuthentication(AuthenticationType.AWS_V4, ACCESS_KEY, SECRET_KEY)
            .build();
    try {
      server.start();
    } catch (Exception e) { // The server says no more than that.
      throw new IOException("the object store does not start", e);
    }
    return new RealS3(server);
  }

  /** Where it listens. */
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getPort());
  }

  @Override
  public void close() throws IOException {
    try {
      server.stop();
    } catch (Exception e) { // The server says no more than that.
      throw new IOException("the object store does not stop", e);
    }
  }
}
