package io.imageaudit.gateway.access;

import io.imageaudit.model.TenantId;
import java.util.Set;

/**
 * Who makes a request, as a verified credential says.
 *
 * @param tenant on whose behalf
 * @param credential a name for the credential that holds no secret
 * @param scopes what it allows
 */
public record Caller(TenantId tenant, String credential, Set<Scope> scopes) {

  /** Copies the scopes. */
  public Caller {
    scopes = Set.copyOf(scopes);
  }
}
