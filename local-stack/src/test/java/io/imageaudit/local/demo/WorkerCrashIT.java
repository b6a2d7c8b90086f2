package io.imageaudit.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.imageaudit.local.StackUnderTest;
import io.imageaudit.local.layout.PartName;
import io.imageaudit.local.layout.PortName;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** The worker dies in the middle of its work, and nothing is lost and nothing is done twice. */
class WorkerCrashIT {

  private static final int AUDITS = 200;
  private static final int ACCEPTED_BEFORE_THE_CRASH = 80;
  private static final int AT_A_TIME = 8;

  private final StackUnderTest stack = StackUnderTest.shared();

  @Test
  void audits_in_flight_when_the_worker_is_killed_all_end_once() throws Exception {
    try (Merchant merchant = Merchant.of(stack)) {
      List<String> auditIds = submitWhileTheWorkerDies(merchant);

      assertThat(stack.command("restart", "worker")).isZero();

      for (String auditId : auditIds) {
        Callback callback = merchant.awaitCallback(auditId);
        assertThat(callback.verified()).isTrue();
        assertThat(callback.data().path("status").asString()).isEqualTo("COMPLETED");
      }
      assertThat(auditIds).hasSize(AUDITS).doesNotHaveDuplicates();
      assertThat(recordsPerAudit(auditIds)).hasSize(AUDITS).containsOnly(1);
    }
  }

  private List<String> submitWhileTheWorkerDies(Merchant merchant) throws Exception {
    byte[] picture = Files.readAllBytes(Merchant.SAMPLES.resolve("clean-shoe-01.jpg"));
    CountDownLatch enough = new CountDownLatch(ACCEPTED_BEFORE_THE_CRASH);
    List<Future<String>> running = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(AT_A_TIME)) {
      for (int i = 0; i < AUDITS; i++) {
        running.add(threads.submit(() -> submit(merchant, picture, enough)));
      }
      enough.await();
      stack.part(PartName.WORKER).destroyForcibly();
    }
    List<String> auditIds = new ArrayList<>();
    for (Future<String> each : running) {
      auditIds.add(each.get());
    }
    return auditIds;
  }

  private static String submit(Merchant merchant, byte[] picture, CountDownLatch enough)
      throws IOException, InterruptedException {
    Receipt receipt = merchant.submitFile("shoe.jpg", Measurement.renewed(picture));
    assertThat(receipt).isInstanceOf(Receipt.Accepted.class);
    enough.countDown();
    return ((Receipt.Accepted) receipt).auditId();
  }

  private List<Integer> recordsPerAudit(List<String> auditIds) throws SQLException, IOException {
    String url =
        "jdbc:postgresql://127.0.0.1:" + stack.ports().of(PortName.POSTGRES) + "/image_audit";
    List<Integer> counts = new ArrayList<>();
    try (Connection connection =
            DriverManager.getConnection(url, "postgres", stack.secrets().databasePassword());
        PreparedStatement statement =
            connection.prepareStatement(
                "select count(*) from audit.audit_record where audit_id::text = any(?)"
                    + " group by audit_id")) {
      statement.setArray(1, connection.createArrayOf("text", auditIds.toArray()));
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          counts.add(rows.getInt(1));
        }
      }
    }
    return counts;
  }
}
