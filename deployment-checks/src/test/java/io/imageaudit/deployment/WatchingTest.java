package io.imageaudit.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rules, dashboards and runbook fit each other and what the services really say. */
class WatchingTest {

  private static final Pattern NAME =
      Pattern.compile("(?<![\\w\"$.:-])([a-zA-Z_][a-zA-Z0-9_:]*+)(?!\\s*\\()");

  /**
   * Text, selectors, ranges and groupings: what is left are names of metrics, functions and words.
   */
  private static final Pattern NO_METRIC =
      Pattern.compile(
          "\"[^\"]*\"|\\{[^}]*}|\\[[^]]*]|\\b(?:by|on|ignoring|without|group_left)\\s*\\([^)]*\\)");

  private static final Set<String> WORDS = Set.of("and", "or", "unless", "bool", "offset");

  /** Said by Prometheus itself about each scrape. */
  private static final Set<String> PROMETHEUS_ITSELF = Set.of("up");

  static List<Path> dashboards() {
    return Repository.files("observability/grafana/dashboards", ".json");
  }

  @Test
  void every_metric_of_a_rule_or_panel_is_in_a_scrape() {
    Set<String> unknown = new TreeSet<>();
    expressions()
        .flatMap(WatchingTest::metrics)
        .filter(Predicate.not(known()::contains))
        .forEach(unknown::add);
    assertThat(unknown).as("not in observability/scrape").isEmpty();
  }

  @Test
  void metrics_are_found_in_an_expression() {
    assertThat(
            metrics(
                "sum by (le, uri) (rate(a_total{x=\"b_c\"}[5m] offset 1h)) / on (z) max(d:e:f5m) >"
                    + " 14.4 * 0.001"))
        .containsExactlyInAnyOrder("a_total", "d:e:f5m");
  }

  @Test
  void every_alert_has_a_section_in_the_runbook_and_a_test() {
    String runbook = Repository.text("docs/runbook.md");
    String tests =
        Repository.files("observability/prometheus/tests", ".yaml").stream()
            .map(file -> Repository.text(Repository.ROOT.relativize(file).toString()))
            .collect(Collectors.joining());
    assertThat(rules().stream().filter(rule -> rule.at("alert").isPresent()))
        .isNotEmpty()
        .allSatisfy(rule -> {
          String alert = rule.text("alert");
          assertThat(runbook).contains("\n## " + alert + "\n");
          assertThat(rule.text("annotations", "runbook"))
              .isEqualTo("docs/runbook.md#" + alert.toLowerCase(Locale.ROOT));
          assertThat(tests).contains("alertname: " + alert);
          assertThat(rule.text("labels", "severity")).isIn("page", "ticket");
        });
  }

  @Test
  void the_operators_rules_are_the_same_rules() {
    for (String file : List.of("service-levels", "alerts")) {
      Node plain =
          Repository.documents(
                  file, Repository.text("observability/prometheus/rules/" + file + ".yaml"))
              .getFirst();
      Node wrapped =
          Repository.documents(
                  file, Repository.text("k8s/components/observability/rules/" + file + ".yaml"))
              .getFirst();
      assertThat(Objects.requireNonNull(wrapped.at("spec", "groups").orElseThrow().value()))
          .as("run k8s/components/observability/rules/make-rules")
          .isEqualTo(plain.at("groups").orElseThrow().value());
    }
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void dashboards_have_stable_names_and_panels_that_do_not_overlap(Path file) {
    Node dashboard = dashboard(file);
    String name = file.getFileName().toString().replace(".json", "");
    assertThat(dashboard.text("uid")).isEqualTo("image-audit-" + name);
    assertThat(Repository.text("observability/grafana/dashboards/kustomization.yaml"))
        .contains(name + ".json");
    List<Node> panels = dashboard.list("panels");
    assertThat(panels.stream().map(panel -> panel.text("id"))).doesNotHaveDuplicates();
    assertThat(
            panels.stream()
                .map(panel -> panel.map("gridPos").get("x") + "," + panel.map("gridPos").get("y")))
        .doesNotHaveDuplicates();
    assertThat(panels.stream().filter(panel -> !panel.text("type").equals("row")))
        .isNotEmpty()
        .allMatch(panel -> !panel.list("targets").isEmpty(), "asks something");
  }

  private static Set<String> known() {
    Set<String> known = new TreeSet<>(scraped());
    known.addAll(PROMETHEUS_ITSELF);
    rules().stream().map(rule -> rule.text("record")).forEach(known::add);
    return known;
  }

  /** The names in the saved scrapes; a comment names the type, a line starts with the name. */
  private static Set<String> scraped() {
    return Repository.files("observability/scrape", ".txt").stream()
        .flatMap(file -> Repository.text(Repository.ROOT.relativize(file).toString()).lines())
        .filter(line -> !line.startsWith("#") && !line.isBlank())
        .map(line -> line.replaceFirst("[{ ].*", ""))
        .collect(Collectors.toSet());
  }

  private static Stream<String> expressions() {
    Stream<String> ofRules = rules().stream().map(rule -> rule.text("expr"));
    Stream<String> ofPanels =
        dashboards().stream()
            .flatMap(file -> dashboard(file).list("panels").stream())
            .flatMap(panel -> panel.list("targets").stream())
            .map(target -> target.text("expr"));
    return Stream.concat(ofRules, ofPanels);
  }

  private static List<Node> rules() {
    return Repository.files("observability/prometheus/rules", ".yaml").stream()
        .flatMap(file ->
            Repository.documents(
                file.toString(), Repository.text(Repository.ROOT.relativize(file).toString()))
                .stream())
        .flatMap(file -> file.list("groups").stream())
        .flatMap(group -> group.list("rules").stream())
        .toList();
  }

  /** JSON is YAML. */
  private static Node dashboard(Path file) {
    String name = Repository.ROOT.relativize(file).toString();
    return Repository.documents(name, Repository.text(name)).getFirst();
  }

  private static Stream<String> metrics(String expression) {
    String bare = NO_METRIC.matcher(expression).replaceAll(" ");
    return NAME.matcher(bare)
        .results()
        .map(MatchResult::group)
        .filter(Predicate.not(WORDS::contains));
  }
}
