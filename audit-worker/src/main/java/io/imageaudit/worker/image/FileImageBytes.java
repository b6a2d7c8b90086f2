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
    Path folder = directory.resolve(tenant.value());
    Path file = folder.resolve(hex.substring(0, 2)).resolve(hex);
    if (Files.isDirectory(folder) && Files.notExists(file)) { // Without the folder it is the disk.
      throw new WrongBytesException(hex + ": is not in the store");
    }
    long size = Files.size(file);
    if (size > maxBytes) {
      throw new WrongBytesException(
          hex + ": " + size + " bytes (expected: at most " + maxBytes + ")");
    }
    byte[] bytes = Files.readAllBytes(file);
    if (!ContentDigest.of(bytes).equals(digest)) {
      throw new WrongBytesException(hex + ": the stored bytes have another digest");
    }
    return bytes;
  }
}
