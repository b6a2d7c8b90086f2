package io.imageaudit.gateway.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.github.f4b6a3.uuid.UuidCreator;
import io.imageaudit.model.AuditId;
import io.imageaudit.model.AuditRequest;
import io.imageaudit.model.ContentDigest;
import io.imageaudit.model.ImageSource;
import io.imageaudit.model.Priority;
import io.imageaudit.model.TenantId;
import io.imageaudit.model.event.AuditSubmitted;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.transaction.CannotCreateTransactionException;

class GroupedAcceptedAuditsTest {

  private final Store store = new Store();
  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
  private final DoubtfulAudits doubtful =
      new DoubtfulAudits(store, Duration.ofSeconds(30), now::get);

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
      await().until(() -> doubtful.count() == 1);
      doubtful.takeBack();
      assertThat(store.withdrawn).contains(late.getFirst().event().auditId());
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

  @Test
  void a_database_that_is_away_is_asked_once_for_all_of_a_group() throws Exception {
    for (RuntimeException fault :
        List.of(
            new DataAccessResourceFailureException("away"),
            new CannotGetJdbcConnectionException("away"),
            new CannotCreateTransactionException("away"))) {
      Store away = new Store();
      away.fault = fault;
      try (GroupedAcceptedAudits grouped = grouped(away, Duration.ofSeconds(20));
          ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
        var first = CompletableFuture.supplyAsync(() -> grouped.record(one("a")), clients);
        await().until(() -> away.commits.size() == 1);
        var second = CompletableFuture.supplyAsync(() -> grouped.record(one("b")), clients);
        var third = CompletableFuture.supplyAsync(() -> grouped.record(one("c")), clients);
        await().until(() -> grouped.waiting() == 2);
        away.open.countDown();
        for (CompletableFuture<?> answer : List.of(first, second, third)) {
          assertThatThrownBy(answer::join).hasCause(fault);
        }
      }
      assertThat(away.commits).containsExactly(1, 2);
    }
  }

  @Test
  void what_is_written_after_all_is_taken_back_whenever_that_is() throws Exception {
    store.open.countDown();
    store.fault = new DataAccessResourceFailureException("the connection was given up");
    List<Acceptance> unknown = one("unknown");
    AuditId id = unknown.getFirst().event().auditId();
    try (GroupedAcceptedAudits grouped = grouped(Duration.ofSeconds(20))) {
      assertThatThrownBy(() -> grouped.record(unknown)).isSameAs(store.fault);
    }
    doubtful.takeBack();
    store.withdrawFault = new QueryTimeoutException("still away");
    doubtful.takeBack();
    store.withdrawFault = null;
    assertThat(doubtful.count()).isEqualTo(1);
    store.written.add(id);
    doubtful.takeBack();
    assertThat(store.withdrawn).contains(id);
    assertThat(doubtful.count()).isZero();
  }

  @Test
  void what_was_never_written_is_forgotten_once_the_sweep_would_have_come() throws Exception {
    store.open.countDown();
    store.fault = new DataAccessResourceFailureException("away");
    try (GroupedAcceptedAudits grouped = grouped(Duration.ofSeconds(20))) {
      assertThatThrownBy(() -> grouped.record(one("a"))).isSameAs(store.fault);
      assertThatThrownBy(() -> grouped.record(keyed("b"))).isSameAs(store.fault);
    }
    now.set(Instant.EPOCH.plusSeconds(29));
    doubtful.takeBack();
    assertThat(doubtful.count()).isEqualTo(1);
    now.set(Instant.EPOCH.plusSeconds(30));
    doubtful.takeBack();
    assertThat(doubtful.count()).isZero();
  }

  private static List<Acceptance> keyed(String reference) {
    return one(reference).stream()
        .map(one ->
            new Acceptance(
                one.event(), new Acceptance.Repeat("key", ContentDigest.of(new byte[] {1}))))
        .toList();
  }

  private GroupedAcceptedAudits grouped(Store away, Duration patience) {
    return new GroupedAcceptedAudits(away, doubtful, 100, 1, patience);
  }

  private GroupedAcceptedAudits grouped(Duration patience) {
    return new GroupedAcceptedAudits(store, doubtful, 100, 1, patience);
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
    private final Set<AuditId> written = ConcurrentHashMap.newKeySet();
    private final Set<AuditId> withdrawn = ConcurrentHashMap.newKeySet();
    private volatile @Nullable RuntimeException fault;
    private volatile @Nullable RuntimeException withdrawFault;

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
      acceptances.forEach(one -> written.add(one.event().auditId()));
      return acceptances.stream().<Recorded>map(_ -> new Recorded.New()).toList();
    }

    @Override
    public void note(AuditId auditId, boolean refused) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Set<AuditId> withdraw(Collection<AuditId> audits) {
      if (withdrawFault != null) {
        throw withdrawFault;
      }
      Set<AuditId> found = new HashSet<>(audits);
      found.retainAll(written);
      written.removeAll(found);
      withdrawn.addAll(found);
      return found;
    }
  }
}
