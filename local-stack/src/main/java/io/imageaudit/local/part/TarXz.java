package io.imageaudit.local.part;

import io.imageaudit.local.layout.StackFolder;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** A compressed archive ({@code .txz}) inside a jar. */
final class TarXz {

  private static final int OWNER_MAY_EXECUTE = 0100;

  private TarXz() {}

  /** Unpacks the jar's one archive; {@code folder} appears when it is complete. */
  static void unpack(Path jar, Path folder) throws IOException {
    Path partial = folder.resolveSibling(folder.getFileName() + ".part");
    StackFolder.delete(partial);
    try (ZipFile zip = new ZipFile(jar.toFile());
        TarArchiveInputStream tar = archive(zip, jar)) {
      TarArchiveEntry entry;
      while ((entry = tar.getNextEntry()) != null) {
        write(tar, entry, partial);
      }
    }
    Files.move(partial, folder);
  }

  private static TarArchiveInputStream archive(ZipFile zip, Path jar) throws IOException {
    ZipEntry entry =
        zip.stream()
            .filter(each -> each.getName().endsWith(".txz"))
            .findFirst()
            .orElseThrow(() -> new IOException(jar + " holds no .txz archive"));
    InputStream bytes = new BufferedInputStream(zip.getInputStream(entry));
    return new TarArchiveInputStream(new XZInputStream(bytes));
  }

  private static void write(TarArchiveInputStream tar, TarArchiveEntry entry, Path folder)
      throws IOException {
    Path target = folder.resolve(entry.getName()).normalize();
    if (!target.startsWith(folder)) {
      throw new IOException(entry.getName() + " leads out of its folder");
    }
    if (entry.isDirectory()) {
      Files.createDirectories(target);
      return;
    }
    Files.createDirectories(target.getParent());
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
    } else {
      Files.copy(tar, target);
      if ((entry.getMode() & OWNER_MAY_EXECUTE) != 0) {
        Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
      }
    }
  }
}
