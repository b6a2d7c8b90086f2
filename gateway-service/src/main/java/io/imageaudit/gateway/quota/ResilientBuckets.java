package io.imageaudit.gateway.quota;

import io.imageaudit.model.TenantId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** Draws from this instance's own buckets while the shared ones cannot be asked. */
final class ResilientBuckets implements Buckets {

  private static final Logger LOG = LoggerFactory.getLogger(ResilientBuckets.class);

  private final Buckets shared;
  private final Buckets own;

  ResilientBuckets(Buckets shared, Buckets own) {
    this.shared = shared;
    this.own = own;
  }

  @Override
  public Draw draw(TenantId tenant, int images, long bytes) {
    try {
      return shared.draw(tenant, images, bytes);
    } catch (DataAccessException | TransactionException e) {
      LOG.warn("The shared quota cannot be asked; this instance counts alone: {}", e.toString());
      return own.draw(tenant, images, bytes);
    }
  }
}
