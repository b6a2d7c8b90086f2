package io.imageaudit.worker.inference;

import io.imageaudit.worker.inference.HttpCalls.Reply;
import io.imageaudit.worker.inference.InferenceOutcome.Failed;
import io.imageaudit.worker.inference.InferenceOutcome.Withheld;
import java.util.List;
import java.util.Locale;

/** What refusals of OpenAI-compatible providers mean beyond their status. */
final class ProviderFaults {

  /** The provider's own filter blocked the picture: that is a sign, not an outage. */
  private static final List<String> CONTENT =
      List.of("data_inspection_failed", "datainspectionfailed", "content_filter", "content_policy");

  /** No quick retry will help: the account is empty. */
  private static final List<String> ACCOUNT =
      List.of("arrearage", "insufficient_quota", "allocated quota exceeded", "billing");

  private ProviderFaults() {}

  static InferenceOutcome of(Reply.Bad bad) {
    String body = bad.body().toLowerCase(Locale.ROOT);
    if (bad.status() == 400 && CONTENT.stream().anyMatch(body::contains)) {
      return new Withheld("WITHHELD", "the provider does not look at this picture");
    }
    if (ACCOUNT.stream().anyMatch(body::contains)) {
      return new Failed(Failed.Kind.MISCONFIGURED, "NO_CREDIT", bad.failed().message());
    }
    return bad.failed();
  }
}
