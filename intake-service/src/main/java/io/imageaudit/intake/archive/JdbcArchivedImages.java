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
      boolean found =
          exists(
              "select 1 from image where tenant = ? and sha256 = ? for update",
              address.tenant().value(),
              address.sha256().hex());
      return found && erased(address, now, eraser);
    });
  }

  @Override
  public List<Dated> unused(Instant before, Tenants tenants, Dated after, int atMost) {
    return jdbc.sql(
            """
            select used_at as time, tenant, sha256 from image
            where erased_at is null and used_at < ? and (tenant = any (?)) <> ?
              and (used_at, tenant, sha256) > (?, ?, ?)
            order by used_at, tenant, sha256 limit ?
            """)
        .params(
            Timestamp.from(before),
            tenants.names().toArray(String[]::new),
            tenants.except(),
            Timestamp.from(after.time()))
        .params(after.address().tenant().value(), after.address().sha256().hex(), atMost)
        .query(JdbcArchivedImages::dated)
        .list();
  }

  @Override
  public boolean eraseUnused(Address address, Instant before, Instant now, Eraser eraser) {
    return inTransaction(() -> {
      boolean unused =
          exists(
              """
              select 1 from image
              where tenant = ? and sha256 = ? and erased_at is null and used_at < ?
              for update skip locked
              """,
              address.tenant().value(),
              address.sha256().hex(),
              Timestamp.from(before));
      return unused && erased(address, now, eraser);
    });
  }

  @Override
  public List<Dated> orphans(Instant before, Dated after, int atMost) {
    return jdbc.sql(
            """
            select c.kept_at as time, c.tenant, c.sha256 from content c
            where c.kept_at < ? and (c.kept_at, c.tenant, c.sha256) > (?, ?, ?) and not exists (
              select from image i
              where i.tenant = c.tenant and i.sha256 = c.sha256 and i.erased_at is null)
            order by c.kept_at, c.tenant, c.sha256 limit ?
            """)
        .params(Timestamp.from(before), Timestamp.from(after.time()))
        .params(after.address().tenant().value(), after.address().sha256().hex(), atMost)
        .query(JdbcArchivedImages::dated)
        .list();
  }

  /** An image that was erased, and whose bytes came again, is locked like one in use. */
  @Override
  public boolean eraseOrphan(Address address, Instant before, Eraser eraser) {
    String tenant = address.tenant().value();
    String sha256 = address.sha256().hex();
    return inTransaction(() -> {
      exists("select 1 from image where tenant = ? and sha256 = ? for update", tenant, sha256);
      boolean orphan =
          exists(
              """
              select 1 from content c
              where c.tenant = ? and c.sha256 = ? and c.kept_at < ? and not exists (
                select from image i
                where i.tenant = c.tenant and i.sha256 = c.sha256 and i.erased_at is null)
              for update skip locked
              """,
              tenant,
              sha256,
              Timestamp.from(before));
      if (orphan) {
        eraser.erase(address);
        forgetContent(address);
      }
      return orphan;
    });
  }

  private boolean exists(String query, Object... parameters) {
    return !jdbc.sql(query).params(parameters).query(Integer.class).list().isEmpty();
  }

  private boolean erased(Address address, Instant now, Eraser eraser) throws IOException {
    eraser.erase(address);
    forgetContent(address);
    jdbc.sql("update image set erased_at = coalesce(erased_at, ?) where tenant = ? and sha256 = ?")
        .params(Timestamp.from(now), address.tenant().value(), address.sha256().hex())
        .update();
    return true;
  }

  private void forgetContent(Address address) {
    jdbc.sql("delete from content where tenant = ? and sha256 = ?")
        .params(address.tenant().value(), address.sha256().hex())
        .update();
  }

  /** Some erasing. */
  @FunctionalInterface
  private interface Erasing {
    boolean run() throws IOException;
  }

  private boolean inTransaction(Erasing erasing) {
    return Boolean.TRUE.equals(
        transaction.execute(_ -> {
          try {
            return erasing.run();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        }));
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

  private static Dated dated(ResultSet row, int number) throws SQLException {
    return new Dated(
        row.getTimestamp("time").toInstant(),
        new Address(
            new TenantId(row.getString("tenant")), new ContentDigest(row.getString("sha256"))));
  }
}
