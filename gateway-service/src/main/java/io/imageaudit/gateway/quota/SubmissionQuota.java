package io.imageaudit.gateway.quota;

import io.imageaudit.gateway.problem.ProblemCode;
import io.imageaudit.gateway.problem.ProblemException;
import io.imageaudit.model.TenantId;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;

/**
 * What a tenant may submit. Answers say how much is left, in the form of
 * draft-ietf-httpapi-ratelimit-headers-11.
 */
public final class SubmissionQuota {

  private final Buckets buckets;
  private final String policy;

  SubmissionQuota(Buckets buckets, QuotaSettings settings) {
    this.buckets = buckets;
    this.policy = "\"submissions\";q=" + settings.burst() + ";w=" + settings.window();
  }

  /**
   * Counts a submission and says on the answer what is left.
   *
   * @param images how many images it brings
   * @param bytes their size, as far as they came with it
   * @throws ProblemException when the tenant has used up its quota; then nothing is counted
   */
  public void take(TenantId tenant, int images, long bytes, HttpServletResponse answer) {
    Buckets.Draw draw = buckets.draw(tenant, images, bytes);
    answer.setHeader("RateLimit-Policy", policy);
    answer.setHeader(
        "RateLimit", "\"submissions\";r=" + draw.left() + ";t=" + seconds(draw.full()));
    switch (draw) {
      case Buckets.Draw.Taken _ -> {}
      case Buckets.Draw.Refused refused ->
          throw ProblemException.passing(ProblemCode.RATE_LIMITED, refused.retry());
    }
  }

  /**
   * Counts less, as images were not taken through no fault of the tenant's.
   *
   * @param images how many of those that were counted
   * @param bytes their size
   */
  public void giveBack(TenantId tenant, int images, long bytes) {
    if (images > 0) {
      buckets.giveBack(tenant, images, bytes);
    }
  }

  private static long seconds(Duration time) {
    return time.plusMillis(999).toSeconds();
  }
}
