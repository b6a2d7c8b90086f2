package io.imageaudit.intake.archive;

import io.imageaudit.intake.image.ImageDetails;
import io.imageaudit.model.AuditJson;
import io.imageaudit.model.ContentDigest;
import io.imageaudit.model.ImageFacts;
import io.imageaudit.model.TenantId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** Archived images in PostgreSQL. */
@Component
final class JdbcArchivedImages implements ArchivedImages {

  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;
  private final JsonMapper json = AuditJson.mapper();

  JdbcArchivedImages(JdbcClient jdbc, PlatformTransactionManager transactions) {
    this.jdbc = jdbc;
    this.transaction = new TransactionTemplate(transactions);
  }

  @Override
  public Optional<ArchivedImage> find(Address address) {
    return jdbc.sql("select * from image where tenant = ? and sha256 = ?")
        .params(address.tenant().value(), address.sha256().hex())
        .query(this::image)
        .optional();
  }

  @Override
  public boolean erase(Address address, Instant now, Eraser eraser) {
    return inTransaction(() -> {
      List<Address> found =
          jdbc.sql("select tenant, sha256 from image where tenant = ? and sha256 = ? for update")
              .params(address.tenant().value(), address.sha256().hex())
              .query(JdbcArchivedImages::address)
              .list();
      return eraseAll(found, now, eraser);
    })
        > 0;
  }

  @Override
  public int eraseUnused(Instant before, Tenants tenants, Instant now, int atMost, Eraser eraser) {
    return inTransaction(() -> {
      List<Address> found =
          jdbc.sql(
                  """
                  select tenant, sha256 from image
                  where erased_at is null and used_at < ? and (tenant = any (?)) <> ?
                  order by used_at limit ? for update skip locked
                  """)
              .params(
                  Timestamp.from(before),
                  tenants.names().toArray(String[]::new),
                  tenants.except(),
                  atMost)
              .query(JdbcArchivedImages::address)
              .list();
      return eraseAll(found, now, eraser);
    });
  }

  @Override
  public int eraseOrphans(Instant before, int atMost, Eraser eraser) {
    return inTransaction(() -> {
      List<Address> found =
          jdbc.sql(
                  """
                  select c.tenant, c.sha256 from content c
                  where c.kept_at < ? and not exists (
                    select from image i where i.tenant = c.tenant and i.sha256 = c.sha256)
                  order by c.kept_at limit ? for update skip locked
                  """)
              .params(Timestamp.from(before), atMost)
              .query(JdbcArchivedImages::address)
              .list();
      for (Address address : found) {
        eraser.erase(address);
        forgetContent(address);
      }
      return found.size();
    });
  }

  private int eraseAll(List<Address> found, Instant now, Eraser eraser) throws IOException {
    for (Address address : found) {
      eraser.erase(address);
      forgetContent(address);
      jdbc.sql(
              "update image set erased_at = coalesce(erased_at, ?) where tenant = ? and sha256 = ?")
          .params(Timestamp.from(now), address.tenant().value(), address.sha256().hex())
          .update();
    }
    return found.size();
  }

  private void forgetContent(Address address) {
    jdbc.sql("delete from content where tenant = ? and sha256 = ?")
        .params(address.tenant().value(), address.sha256().hex())
        .update();
  }

  /** Some erasing. */
  @FunctionalInterface
  private interface Erasing {
    int run() throws IOException;
  }

  private int inTransaction(Erasing erasing) {
    Integer erased =
        transaction.execute(_ -> {
          try {
            return erasing.run();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
    return erased == null ? 0 : erased;
  }

  private ArchivedImage image(ResultSet row, int number) throws SQLException {
    ImageDetails details = json.readValue(row.getString("details"), ImageDetails.class);
    Timestamp erasedAt = row.getTimestamp("erased_at");
    return new ArchivedImage(
        new ImageFacts(
            new ContentDigest(row.getString("sha256")),
            row.getString("format"),
            row.getInt("width"),
            row.getInt("height"),
            row.getLong("bytes"),
            row.getInt("frames"),
            row.getString("phash"),
            details.parts()),
        details,
        row.getTimestamp("stored_at").toInstant(),
        row.getTimestamp("used_at").toInstant(),
        erasedAt == null ? null : erasedAt.toInstant());
  }

  private static Address address(ResultSet row, int number) throws SQLException {
    return new Address(
        new TenantId(row.getString("tenant")), new ContentDigest(row.getString("sha256")));
  }
}
