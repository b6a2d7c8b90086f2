package io.imageaudit.local.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.imageaudit.local.StackUnderTest;
import io.imageaudit.local.chaos.CountingReceiver.Heard;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What must be true of every run when it has come to rest, whatever happened to the parts. */
final class Outcome {

  private final StackUnderTest stack;
  private final String run;
  private final Load load;

  Outcome(StackUnderTest stack, String run, Load load) {
    this.stack = stack;
    this.run = run;
    this.load = load;
  }

  /** Checks all of it. */
  void check() throws SQLException, IOException {
    try (JdbcAuditor auditor = JdbcAuditor.of(stack)) {
      await("a run at rest")
          .atMost(Load.PATIENCE)
          .untilAsserted(() -> assertThat(auditor.wrong(run)).isEmpty());
      acceptedAuditsAreTheAuditsThatThereAre(auditor);
      everyVerdictIsRight(auditor);
    }
    everyEventWasHeardUnderOneId();
    whatWasSaidTwiceWasTheSame();
  }

  private void acceptedAuditsAreTheAuditsThatThereAre(JdbcAuditor auditor) throws SQLException {
    List<String> accepted =
        load.auditIds().entrySet().stream()
            .map(each -> each.getKey() + " " + each.getValue())
            .toList();
    assertThat(auditor.audits(run)).containsExactlyInAnyOrderElementsOf(accepted);
  }

  /** The first verdict is the model's, or a degraded one that is followed by the model's. */
  private void everyVerdictIsRight(JdbcAuditor auditor) throws SQLException {
    List<String> wanted =
        load.auditIds().keySet().stream().flatMap(key -> verdictsOf(key).stream()).toList();
    assertThat(auditor.records(run)).containsExactlyInAnyOrderElementsOf(wanted);
  }

  private List<String> verdictsOf(String key) {
    String verdict = Pictures.verdict(Integer.parseInt(key.substring(key.indexOf('/') + 1)));
    return degraded().contains(key)
        ? List.of(key + " 1 REVIEW t", key + " 2 " + verdict + " f")
        : List.of(key + " 1 " + verdict + " f");
  }

  /** The keys of audits whose first verdict was heard to be degraded. */
  Set<String> degraded() {
    return load.receiver().heard().stream()
        .filter(each -> each.data().path("degraded").asBoolean())
        .map(each -> each.data().path("reference").asString())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private void everyEventWasHeardUnderOneId() {
    Map<String, Long> idsPerEvent =
        load.receiver().heard().stream()
            .collect(
                Collectors.groupingBy(
                    each -> each.auditId() + "/" + each.verdictSeq(), Collectors.counting()));
    assertThat(idsPerEvent.values()).containsOnly(1L);
    assertThat(load.receiver().heard()).allMatch(Heard::alike, "says the same again");
    assertThat(load.receiver().unsigned()).isEmpty();
  }

  private void whatWasSaidTwiceWasTheSame() {
    ConcludedTopic topic = ConcludedTopic.read(stack, load.auditIds().values());
    assertThat(topic.contradictions()).isEmpty();
    System.out.printf(
        "chaos %s: %s, %d events said again%n", run, load.summary(), topic.repeated());
  }
}
