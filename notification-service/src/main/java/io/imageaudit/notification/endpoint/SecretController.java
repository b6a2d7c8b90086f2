package io.imageaudit.notification.endpoint;

import io.imageaudit.model.ApiResponse;
import io.imageaudit.model.TenantId;
import io.imageaudit.notification.webhook.Ed25519Key;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Lets the gateway make, show and end a tenant's secrets. */
@RestController
@RequestMapping("/internal/v1/tenants/{tenant}")
class SecretController {

  private static final SecretBody DEFAULT = new SecretBody(null, null, null, null);

  private final ManageEndpoints endpoints;
  private final ManageSecrets secrets;

  SecretController(ManageEndpoints endpoints, ManageSecrets secrets) {
    this.endpoints = endpoints;
    this.secrets = secrets;
  }

  /**
   * A secret that was just made.
   *
   * @param secretId identity
   * @param kind what it is for
   * @param secret its text, shown this once
   * @param publicKey what receivers verify with, for an Ed25519 key
   */
  record NewSecret(UUID secretId, SecretKind kind, String secret, @Nullable String publicKey) {

    /** Never the secret. */
    @Override
    public String toString() {
      return "NewSecret[" + secretId + "]";
    }
  }

  /**
   * Some secrets.
   *
   * @param items the newest first
   */
  record Listing(List<SecretView> items) {}

  /** Makes a new secret the current one; the old one of its kind goes on signing for a while. */
  @PostMapping("/webhook-secrets")
  @ResponseStatus(HttpStatus.CREATED)
  ApiResponse<NewSecret> create(
      @PathVariable TenantId tenant, @RequestBody(required = false) @Nullable SecretBody body) {
    SecretBody wish = body == null ? DEFAULT : body;
    if (wish.endpointId() != null) {
      endpoints.find(tenant, wish.endpointId());
    }
    ManageSecrets.Made made = secrets.make(tenant, wish);
    String publicKey =
        made.kind() == SecretKind.ED25519 ? Ed25519Key.parse(made.text()).publicKey() : null;
    return ApiResponse.success(
        "CREATED",
        "Keep the secret; it is not shown again.",
        new NewSecret(made.id(), made.kind(), made.text(), publicKey));
  }

  /** Which secrets sign now, without their texts. */
  @GetMapping("/webhook-secrets")
  ApiResponse<Listing> list(@PathVariable TenantId tenant) {
    return ApiResponse.success("OK", "Done.", new Listing(secrets.list(tenant)));
  }

  /** Ends a replaced secret before its time. */
  @DeleteMapping("/webhook-secrets/{id}")
  ApiResponse<Listing> end(@PathVariable TenantId tenant, @PathVariable UUID id) {
    secrets.end(tenant, id);
    return list(tenant);
  }

  /** The public keys that verify {@code v1a} signatures now. */
  @GetMapping("/webhook-keys")
  ApiResponse<JsonWebKeys> keys(@PathVariable TenantId tenant) {
    return ApiResponse.success("OK", "Done.", JsonWebKeys.of(secrets.list(tenant)));
  }
}
