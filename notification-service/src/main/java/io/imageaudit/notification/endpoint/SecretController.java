package io.imageaudit.notification.endpoint;

import io.imageaudit.model.ApiResponse;
import io.imageaudit.model.TenantId;
import io.imageaudit.notification.webhook.SigningKey;
import java.security.SecureRandom;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Lets the gateway make a tenant's signing keys. */
@RestController
class SecretController {

  private final RotateSecret rotateSecret;
  private final SigningKeys signingKeys;
  private final SecureRandom random;

  SecretController(RotateSecret rotateSecret, SigningKeys signingKeys, SecureRandom random) {
    this.rotateSecret = rotateSecret;
    this.signingKeys = signingKeys;
    this.random = random;
  }

  /**
   * A key that was just made.
   *
   * @param secretId identity
   * @param secret the key, shown this once
   */
  record NewSecret(UUID secretId, String secret) {

    /** Never the key. */
    @Override
    public String toString() {
      return "NewSecret[" + secretId + "]";
    }
  }

  /** Makes a new key the tenant's current one. */
  @PostMapping("/internal/v1/tenants/{tenant}/webhook-secrets")
  @ResponseStatus(HttpStatus.CREATED)
  ApiResponse<NewSecret> create(@PathVariable TenantId tenant) {
    SigningKey key = SigningKey.generate(random);
    UUID id = rotateSecret.to(tenant, key);
    signingKeys.forget(tenant);
    return ApiResponse.success(
        "CREATED", "Keep the secret; it is not shown again.", new NewSecret(id, key.reveal()));
  }
}
