package io.imageaudit.worker.inference;

import io.imageaudit.worker.inference.HttpCalls.Reply;
import io.imageaudit.worker.inference.InferenceOutcome.Failed;
import io.imageaudit.worker.inference.InferenceOutcome.Withheld;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What refusals of OpenAI-compatible providers mean beyond their status. */
final class ProviderFaults {

  /** The provider's own filter blocked the picture: that is a sign, not an outage. */
  private static final List<String> CONTENT =
      List.of("data_inspection_failed", "datainspectionfailed", "content_filter", "content_policy");

  /** The account is empty, and no retry will fill it. A message may speak of billing for less. */
  private static final Set<String> ACCOUNT =
      Set.of("arrearage", "insufficient_quota", "billing_hard_limit_reached", "billing_not_active");

  private static final Set<Integer> ACCOUNT_STATUSES = Set.of(400, 402, 403, 429);

  private ProviderFaults() {}

  static InferenceOutcome of(Reply.Bad bad) {
    String body = bad.body().toLowerCase(Locale.ROOT);
    if (bad.status() == 400 && CONTENT.stream().anyMatch(body::contains)) {
      return new Withheld("WITHHELD", "the provider does not look at this picture");
    }
    if (ACCOUNT_STATUSES.contains(bad.status()) && isOfAccount(body)) {
      return new Failed(Failed.Kind.MISCONFIGURED, "NO_CREDIT", bad.failed().message());
    }
    return bad.failed();
  }

  private static boolean isOfAccount(String body) {
    try {
      JsonNode error = JsonMapper.shared().readTree(body).path("error");
      return Stream.of("code", "type")
          .map(word -> error.path(word).asString(""))
          .anyMatch(ACCOUNT::contains);
    } catch (JacksonException _) {
      return false;
    }
  }
}
