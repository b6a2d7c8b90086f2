package io.imageaudit.notification.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.imageaudit.test.RealPostgres;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JdbcBoundedWorkIT {

  private HikariDataSource database;
  private JdbcClient jdbc;
  private TransactionTemplate transaction;

  @BeforeAll
  void createDatabase() {
    RealPostgres.Database fresh = RealPostgres.newDatabase();
    database = new HikariDataSource();
    database.setJdbcUrl(fresh.url());
    database.setUsername(fresh.user());
    database.setPassword(fresh.password());
    jdbc = JdbcClient.create(database);
    transaction = new TransactionTemplate(new JdbcTransactionManager(database));
    jdbc.sql("create table done (what text)").update();
  }

  @AfterAll
  void closeDatabase() {
    database.close();
  }

  @Test
  void a_statement_that_takes_too_long_is_ended() {
    BoundedWork work = work(4, Duration.ofMillis(300));
    assertThatThrownBy(() -> work.within(() -> rest("600")))
        .isInstanceOfSatisfying(
            OverloadedException.class, fault -> assertThat(fault.code()).isEqualTo("TIME_LIMIT"));
  }

  @Test
  void nothing_stays_of_work_that_took_too_long_as_a_whole() {
    BoundedWork work = work(4, Duration.ofMillis(500));
    assertThatThrownBy(() ->
            work.within(() -> {
              jdbc.sql("insert into done values ('late')").update();
              return rest("0.3") + rest("0.3");
            }))
        .isInstanceOf(OverloadedException.class);
    assertThat(done("late")).isZero();
  }

  @Test
  void what_is_done_in_time_stays_and_other_statements_are_not_limited() {
    BoundedWork work = work(4, Duration.ofMinutes(1));
    work.within(() -> jdbc.sql("insert into done values ('in time')").update());
    assertThat(done("in time")).isEqualTo(1);
    assertThat(jdbc.sql("show statement_timeout").query(String.class).single()).isEqualTo("0");
  }

  @Test
  void a_fault_of_the_database_stays_what_it_is() {
    BoundedWork work = work(4, Duration.ofMinutes(1));
    assertThatThrownBy(() -> work.within(() -> jdbc.sql("nonsense").update()))
        .isInstanceOf(DataAccessException.class);
  }

  @Test
  void no_more_is_done_at_a_time_than_there_is_room_for() throws Exception {
    BoundedWork work = work(1, Duration.ofSeconds(20));
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
      Future<Boolean> first =
          thread.submit(() ->
              work.within(() -> {
                begun.countDown();
                return awaited(end);
              }));
      assertThat(awaited(begun)).isTrue();
      assertThatThrownBy(() -> work.within(() -> true))
          .isInstanceOfSatisfying(
              OverloadedException.class, fault -> assertThat(fault.code()).isEqualTo("BUSY"));
      end.countDown();
      first.get(30, TimeUnit.SECONDS);
    }
    assertThat(work.within(() -> true)).isTrue();
  }

  private BoundedWork work(int mostAtATime, Duration limit) {
    return new JdbcBoundedWork(jdbc, transaction, mostAtATime, limit);
  }

  private String rest(String seconds) {
    return jdbc.sql("select cast(pg_sleep(" + seconds + ") as text)").query(String.class).single();
  }

  private int done(String what) {
    return jdbc.sql("select count(*) from done where what = ?")
        .param(what)
        .query(Integer.class)
        .single();
  }

  private static boolean awaited(CountDownLatch latch) {
    try {
      return latch.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
