package io.imageaudit.benchmark.gateway.tutorial;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One row per audit. */
@Entity
class TutorialAudit {

  @Id
  @GeneratedValue(strategy = GenerationType.UUID)
  private @Nullable UUID id;

  private String imageUrl = "";
  private String reference = "";
  private Instant createdAt = Instant.EPOCH;

  /** For the persistence provider. */
  protected TutorialAudit() {}

  TutorialAudit(String imageUrl, String reference) {
    this.imageUrl = imageUrl;
    this.reference = reference;
    this.createdAt = Instant.now();
  }

  String identity() {
    return String.valueOf(id);
  }
}
