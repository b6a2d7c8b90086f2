package io.imageaudit.gateway.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.imageaudit.gateway.problem.ProblemCode;
import io.imageaudit.gateway.problem.ProblemException;
import io.imageaudit.model.TenantId;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.util.unit.DataSize;

class SubmissionQuotaTest {

  private static final TenantId ACME = new TenantId("acme");
  private static final TenantId OTHER = new TenantId("other");

  private static final QuotaSettings SETTINGS =
      new QuotaSettings(1, 3, DataSize.ofBytes(1_000), QuotaSettings.Shared.NONE);

  private final SubmissionQuota quota = new SubmissionQuota(new LocalBuckets(SETTINGS), SETTINGS);

  @Test
  void a_tenant_gets_its_burst_and_no_more() {
    MockHttpServletResponse answer = new MockHttpServletResponse();
    quota.take(ACME, 2, 0, answer);
    assertThat(answer.getHeader("RateLimit-Policy")).isEqualTo("\"submissions\";q=3;w=3");
    assertThat(answer.getHeader("RateLimit")).matches("\"submissions\";r=1;t=[12]");
    quota.take(ACME, 1, 0, new MockHttpServletResponse());
    ProblemException refused = refused(ACME, 1, 0);
    assertThat(refused.code()).isEqualTo(ProblemCode.RATE_LIMITED);
    assertThat(refused.retryAfter()).isPositive();
    quota.take(OTHER, 3, 0, new MockHttpServletResponse());
  }

  @Test
  void bytes_are_counted_and_a_refusal_counts_nothing() {
    quota.take(ACME, 1, 900, new MockHttpServletResponse());
    assertThat(refused(ACME, 1, 200).code()).isEqualTo(ProblemCode.RATE_LIMITED);
    quota.take(ACME, 2, 50, new MockHttpServletResponse());
  }

  @Test
  void an_instance_counts_alone_while_the_shared_buckets_cannot_be_asked() {
    Buckets away =
        new Stub(() -> {
          throw new QueryTimeoutException("away");
        });
    Buckets buckets = new ResilientBuckets(away, new LocalBuckets(SETTINGS));
    assertThat(buckets.draw(ACME, 3, 0)).isInstanceOf(Buckets.Draw.Taken.class);
    assertThat(buckets.draw(ACME, 1, 0)).isInstanceOf(Buckets.Draw.Refused.class);
  }

  @Test
  void an_instance_counts_alone_while_the_shared_buckets_do_not_answer() {
    CountDownLatch never = new CountDownLatch(1);
    Buckets silent =
        new Stub(() -> {
          await(never);
          throw new QueryTimeoutException("given up");
        });
    Buckets buckets = new ResilientBuckets(silent, new LocalBuckets(SETTINGS));
    assertTimeoutPreemptively(
        Duration.ofSeconds(30),
        () -> {
          assertThat(buckets.draw(ACME, 3, 0)).isInstanceOf(Buckets.Draw.Taken.class);
          assertThat(buckets.draw(ACME, 1, 0)).isInstanceOf(Buckets.Draw.Refused.class);
        });
    never.countDown();
  }

  @Test
  void what_was_not_taken_after_all_is_not_counted() {
    quota.take(ACME, 3, 900, new MockHttpServletResponse());
    quota.giveBack(ACME, 2, 600);
    assertThat(refused(ACME, 1, 800).code()).isEqualTo(ProblemCode.RATE_LIMITED);
    quota.take(ACME, 2, 600, new MockHttpServletResponse());
    assertThat(refused(ACME, 1, 200).code()).isEqualTo(ProblemCode.RATE_LIMITED);
  }

  @Test
  void what_an_instance_counted_alone_it_takes_back_alone() {
    Buckets away =
        new Stub(() -> {
          throw new QueryTimeoutException("away");
        });
    Buckets buckets = new ResilientBuckets(away, new LocalBuckets(SETTINGS));
    assertThat(buckets.draw(ACME, 1, 900)).isInstanceOf(Buckets.Draw.Taken.class);
    buckets.giveBack(ACME, 1, 900);
    Awaitility.await().until(() -> buckets.draw(ACME, 1, 900) instanceof Buckets.Draw.Taken);
  }

  /** Shared buckets that behave as told. */
  private record Stub(Supplier<Buckets.Draw> behaviour) implements Buckets {

    @Override
    public Draw draw(TenantId tenant, int images, long bytes) {
      return behaviour.get();
    }

    @Override
    public void giveBack(TenantId tenant, int images, long bytes) {
      Draw _ = behaviour.get();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private ProblemException refused(TenantId tenant, int images, long bytes) {
    return catchThrowableOfType(
        ProblemException.class,
        () -> quota.take(tenant, images, bytes, new MockHttpServletResponse()));
  }
}
