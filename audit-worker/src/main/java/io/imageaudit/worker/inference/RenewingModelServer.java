package io.imageaudit.worker.inference;

import io.imageaudit.worker.inference.InferenceOutcome.Failed;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Gets a new token when the server refuses the old one, and asks once more. */
final class RenewingModelServer implements ModelServer {

  private static final Set<String> REFUSALS = Set.of("UNAUTHENTICATED", "HTTP_401");

  private final ModelServer next;
  private final Credentials credentials;

  RenewingModelServer(ModelServer next, Credentials credentials) {
    this.next = next;
    this.credentials = credentials;
  }

  @Override
  public InferenceOutcome infer(InferenceBatch batch) {
    @Nullable String shown = credentials.value();
    InferenceOutcome outcome = next.infer(batch);
    boolean refused = outcome instanceof Failed failed && REFUSALS.contains(failed.code());
    return refused && credentials.renew(shown) ? next.infer(batch) : outcome;
  }
}
