package io.imageaudit.gateway.access;

import java.util.Arrays;
import java.util.Optional;

/** What a credential allows. */
public enum Scope {
  /** Submit images. */
  AUDITS_WRITE("audits:write"),
  /** See what became of them. */
  AUDITS_READ("audits:read"),
  /** See what was told to whom, and fetch what was missed. */
  DELIVERIES_READ("deliveries:read"),
  /** Manage receivers and secrets, have callbacks sent again. */
  DELIVERIES_WRITE("deliveries:write"),
  /** Manage tenants and keys. */
  ADMIN("admin");

  private final String text;

  Scope(String text) {
    this.text = text;
  }

  /** Its name in requests, tokens and authorities. */
  public String text() {
    return text;
  }

  /** The scope of that name. */
  public static Optional<Scope> of(String text) {
    return Arrays.stream(values()).filter(scope -> scope.text.equals(text)).findFirst();
  }
}
