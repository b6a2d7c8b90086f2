package io.imageaudit.gateway.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.github.f4b6a3.uuid.UuidCreator;
import io.imageaudit.model.AuditId;
import io.imageaudit.model.AuditRequest;
import io.imageaudit.model.ImageSource;
import io.imageaudit.model.Priority;
import io.imageaudit.model.TenantId;
import io.imageaudit.model.event.AuditSubmitted;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.QueryTimeoutException;

class GroupedAcceptedAuditsTest {

  private final Store store = new Store();

  @Test
  void requests_that_come_during_a_commit_share_the_next() throws Exception {
    try (GroupedAcceptedAudits grouped = grouped(Duration.ofSeconds(20));
        ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      List<CompletableFuture<List<AcceptedAudits.Recorded>>> answers = new ArrayList<>();
      answers.add(CompletableFuture.supplyAsync(() -> grouped.record(one("a")), clients));
      await().until(() -> store.commits.size() == 1);
      for (int number = 0; number < 9; number++) {
        answers.add(CompletableFuture.supplyAsync(() -> grouped.record(one("a")), clients));
      }
      await().until(() -> grouped.waiting() == 9);
      store.open.countDown();
      answers.forEach(answer -> assertThat(answer.join()).hasSize(1));
      assertThat(store.commits).containsExactly(1, 9);
    }
  }

  @Test
  void one_that_the_database_refuses_spoils_no_other() throws Exception {
    try (GroupedAcceptedAudits grouped = grouped(Duration.ofSeconds(20));
        ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      var first = CompletableFuture.supplyAsync(() -> grouped.record(one("a")), clients);
      await().until(() -> store.commits.size() == 1);
      var good = CompletableFuture.supplyAsync(() -> grouped.record(one("b")), clients);
      var bad = CompletableFuture.supplyAsync(() -> grouped.record(one(Store.POISON)), clients);
      await().until(() -> grouped.waiting() == 2);
      store.open.countDown();
      assertThat(first.join()).hasSize(1);
      assertThat(good.join()).hasSize(1);
      assertThatThrownBy(bad::join).hasCauseInstanceOf(DataIntegrityViolationException.class);
    }
  }

  @Test
  void what_is_written_after_its_client_was_refused_is_taken_back() throws Exception {
    try (GroupedAcceptedAudits grouped = grouped(Duration.ofMillis(50))) {
      List<Acceptance> late = one("late");
      assertThatThrownBy(() -> grouped.record(late)).isInstanceOf(DataAccessException.class);
      store.open.countDown();
      await().until(() -> store.withdrawn.contains(late.getFirst().event().auditId()));
    }
  }

  @Test
  void a_database_that_is_away_is_told_to_everybody() throws Exception {
    store.open.countDown();
    store.fault = new QueryTimeoutException("away");
    try (GroupedAcceptedAudits grouped = grouped(Duration.ofSeconds(20))) {
      assertThatThrownBy(() -> grouped.record(one("a"))).isSameAs(store.fault);
    }
  }

  private GroupedAcceptedAudits grouped(Duration patience) {
    return new GroupedAcceptedAudits(store, 100, 1, patience);
  }

  private static List<Acceptance> one(String reference) {
    AuditRequest request =
        new AuditRequest(
            new TenantId("acme"),
            reference,
            null,
            "default",
            null,
            Priority.BULK,
            "0af7651916cd43dd8448eb211c80319c",
            Instant.EPOCH,
            Instant.EPOCH.plusSeconds(60));
    AuditSubmitted event =
        new AuditSubmitted(
            new AuditId(UuidCreator.getTimeOrderedEpoch()),
            request,
            new ImageSource.Remote(URI.create("https://shop.example/a.jpg")));
    return List.of(new Acceptance(event, null));
  }

  /** Commits wait until it is opened. */
  private static final class Store implements AcceptedAudits {

    private static final String POISON = "poison";

    private final CountDownLatch open = new CountDownLatch(1);
    private final List<Integer> commits = Collections.synchronizedList(new ArrayList<>());
    private final List<AuditId> withdrawn = Collections.synchronizedList(new ArrayList<>());
    private volatile @Nullable QueryTimeoutException fault;

    @Override
    public List<Recorded> record(List<Acceptance> acceptances) {
      commits.add(acceptances.size());
      try {
        open.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      if (fault != null) {
        throw fault;
      }
      if (acceptances.stream().anyMatch(a -> POISON.equals(a.event().request().reference()))) {
        throw new DataIntegrityViolationException("poison");
      }
      return acceptances.stream().<Recorded>map(_ -> new Recorded.New()).toList();
    }

    @Override
    public void withdraw(AuditId auditId) {
      withdrawn.add(auditId);
    }
  }
}
