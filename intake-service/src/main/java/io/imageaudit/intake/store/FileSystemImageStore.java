package io.imageaudit.intake.store;

import io.imageaudit.model.ContentDigest;
import io.imageaudit.model.TenantId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Content in files: {@code <directory>/<tenant>/<first two digits>/<sha256>}. A file appears under
 * its name by a rename of a synchronised file, and the folder is synchronised after it, so that a
 * name always stands for whole content, also after a power failure.
 */
final class FileSystemImageStore implements ImageStore {

  private static final Logger LOG = LoggerFactory.getLogger(FileSystemImageStore.class);
  private static final String PREVIEW = ".preview.jpg";
  private static final int BUFFER_BYTES = 64 << 10;

  private final Path directory;

  FileSystemImageStore(Path directory) {
    this.directory = directory;
  }

  @Override
  public void keep(TenantId tenant, StagedContent content) throws IOException {
    Path target = path(tenant, content.sha256());
    if (Files.exists(target)) {
      if (isWhole(target, content)) {
        return;
      }
      LOG.warn("{} of tenant {} is damaged; it is replaced.", content.sha256(), tenant.value());
    }
    Path folder = folder(tenant, content.sha256());
    boolean isNew = Files.notExists(folder);
    Files.createDirectories(folder);
    Files.move(content.file(), target, StandardCopyOption.ATOMIC_MOVE);
    synchronise(folder);
    if (isNew) {
      synchronise(directory.resolve(tenant.value()));
      synchronise(directory);
    }
  }

  @Override
  public Optional<HeldFile> find(TenantId tenant, ContentDigest sha256) throws IOException {
    Path file = path(tenant, sha256);
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    if (!digest(file).equals(sha256)) {
      throw new DamagedContentException(sha256);
    }
    return Optional.of(new HeldFile(file, false));
  }

  @Override
  public boolean contains(TenantId tenant, ContentDigest sha256) {
    return Files.isRegularFile(path(tenant, sha256));
  }

  @Override
  public void keepPreview(TenantId tenant, ContentDigest sha256, ByteBuffer jpeg)
      throws IOException {
    Files.createDirectories(folder(tenant, sha256));
    Path target = preview(tenant, sha256);
    // Written where the sweep looks for what a crash leaves behind.
    Path staging = Files.createDirectories(directory.resolve(StoreConfig.STAGING));
    Path part = Files.createTempFile(staging, "preview-", ".part");
    try {
      try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
        ByteBuffer left = jpeg.duplicate();
        while (left.hasRemaining()) {
          channel.write(left);
        }
        channel.force(true);
      }
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  @Override
  public Optional<byte[]> findPreview(TenantId tenant, ContentDigest sha256) throws IOException {
    Path file = preview(tenant, sha256);
    return Files.isRegularFile(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
  }

  @Override
  public void erase(TenantId tenant, ContentDigest sha256) throws IOException {
    boolean removed = Files.deleteIfExists(preview(tenant, sha256));
    removed |= Files.deleteIfExists(path(tenant, sha256));
    if (removed) {
      synchronise(folder(tenant, sha256));
    }
  }

  private static boolean isWhole(Path target, StagedContent content) throws IOException {
    return Files.size(target) == content.bytes() && digest(target).equals(content.sha256());
  }

  private Path preview(TenantId tenant, ContentDigest sha256) {
    return path(tenant, sha256).resolveSibling(sha256.hex() + PREVIEW);
  }

  private Path path(TenantId tenant, ContentDigest sha256) {
    return folder(tenant, sha256).resolve(sha256.hex());
  }

  private Path folder(TenantId tenant, ContentDigest sha256) {
    return directory.resolve(tenant.value()).resolve(prefix(sha256));
  }

  private static String prefix(ContentDigest sha256) {
    return sha256.hex().substring(0, 2);
  }

  private static ContentDigest digest(Path file) throws IOException {
    MessageDigest sha256 = ContentDigest.sha256();
    byte[] buffer = new byte[BUFFER_BYTES];
    try (InputStream content = Files.newInputStream(file)) {
      for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
        sha256.update(buffer, 0, read);
      }
    }
    return ContentDigest.of(sha256);
  }

  private static void synchronise(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
