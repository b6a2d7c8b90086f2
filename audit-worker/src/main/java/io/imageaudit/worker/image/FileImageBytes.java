package io.imageaudit.worker.image;

import io.imageaudit.model.ContentDigest;
import io.imageaudit.model.TenantId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Images in a folder: {@code <tenant>/<first two digits>/<digest>}. */
final class FileImageBytes implements ImageBytes {

  private final Path directory;
  private final long maxBytes;

  FileImageBytes(Path directory, long maxBytes) {
    this.directory = directory;
    this.maxBytes = maxBytes;
  }

  @Override
  public byte[] read(TenantId tenant, ContentDigest digest) throws IOException {
    String hex = digest.hex();
    Path file = directory.resolve(tenant.value()).resolve(hex.substring(0, 2)).resolve(hex);
    long size = Files.size(file);
    if (size > maxBytes) {
      throw new IOException(hex + ": " + size + " bytes (expected: at most " + maxBytes + ")");
    }
    byte[] bytes = Files.readAllBytes(file);
    if (!ContentDigest.of(bytes).equals(digest)) {
      throw new IOException(hex + ": the stored bytes have another digest");
    }
    return bytes;
  }
}
