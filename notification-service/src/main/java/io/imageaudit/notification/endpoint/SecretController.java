package io.imageaudit.notification.endpoint;

import io.imageaudit.model.ApiResponse;
import io.imageaudit.model.TenantId;
import io.imageaudit.notification.webhook.Ed25519Key;
import java.security.SecureRandom;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Lets the gateway make a tenant's secrets. */
@RestController
class SecretController {

  private static final SecretBody DEFAULT = new SecretBody(null, null, null);

  private final ManageEndpoints endpoints;
  private final RotateSecret rotateSecret;
  private final SigningKeys signingKeys;
  private final SecureRandom random;

  SecretController(
      ManageEndpoints endpoints,
      RotateSecret rotateSecret,
      SigningKeys signingKeys,
      SecureRandom random) {
    this.endpoints = endpoints;
    this.rotateSecret = rotateSecret;
    this.signingKeys = signingKeys;
    this.random = random;
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

  /** Makes a new secret the current one; the old one of its kind goes on signing for a while. */
  @PostMapping("/internal/v1/tenants/{tenant}/webhook-secrets")
  @ResponseStatus(HttpStatus.CREATED)
  ApiResponse<NewSecret> create(
      @PathVariable TenantId tenant, @RequestBody(required = false) @Nullable SecretBody body) {
    SecretBody wish = body == null ? DEFAULT : body;
    if (wish.endpointId() != null) {
      endpoints.find(tenant, wish.endpointId());
    }
    String text = wish.text(random);
    SecretKind kind = wish.kindOrDefault();
    UUID id = rotateSecret.to(new SecretOwner(tenant, wish.endpointId()), kind, text);
    signingKeys.forget(tenant);
    String publicKey = kind == SecretKind.ED25519 ? Ed25519Key.parse(text).publicKey() : null;
    return ApiResponse.success(
        "CREATED",
        "Keep the secret; it is not shown again.",
        new NewSecret(id, kind, text, publicKey));
  }
}
