package io.imageaudit.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.imageaudit.model.kafka.EventTopic;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ManifestsTest {

  /** Made by hand before the first apply, or by an operator: k8s/README.md says which. */
  private static final Set<String> SECRETS_FROM_OUTSIDE =
      Set.of("image-audit", "gateway-db", "intake-db", "audit-db", "notification-db");

  private static final Set<String> CONFIG_FROM_OUTSIDE = Set.of("demo-model");

  static List<Node> written() {
    return Manifests.written();
  }

  static List<Manifests.Rendered> rendered() {
    return Manifests.rendered();
  }

  static Stream<Node> pods() {
    return written().stream().filter(resource -> resource.pods().findAny().isPresent());
  }

  @Test
  void the_reader_finds_a_misspelt_field_and_a_wrong_type() {
    String misspelt =
        "{apiVersion: v1, kind: Service, metadata: {name: x}, spec: {selektor: {a: b}}}";
    String wrong =
        "{apiVersion: apps/v1, kind: Deployment, metadata: {name: x}, spec: {replicas: many}}";
    String operators =
        "{apiVersion: keda.sh/v1alpha1, kind: ScaledObject, metadata: {name: x}, spec: {}}";
    StrictReader reader = new StrictReader();
    for (String text : List.of(misspelt, wrong, operators)) {
      assertThat(reader.faults(Repository.documents("sample", text).getFirst()))
          .as(text)
          .isNotEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("written")
  void every_resource_has_known_fields_of_the_right_type(Node resource) {
    assertThat(new StrictReader().faults(resource)).as(resource.toString()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("pods")
  void every_container_is_restricted_probed_and_bounded(Node resource) {
    Node pod = resource.pods().findFirst().orElseThrow().at("spec").orElseThrow();
    assertThat(pod.text("automountServiceAccountToken")).as(resource.toString()).isEqualTo("false");
    for (Node container : pod.list("containers")) {
      List<String> faults = new ArrayList<>();
      expect(container, "false", faults, "securityContext", "allowPrivilegeEscalation");
      expect(container, "[ALL]", faults, "securityContext", "capabilities", "drop");
      expect(
          container,
          container.text("resources", "limits", "memory"),
          faults,
          "resources",
          "requests",
          "memory");
      if (container.text("resources", "limits", "memory").isEmpty()) {
        faults.add("no memory limit");
      }
      for (String probe : List.of("livenessProbe", "readinessProbe")) {
        if (container.at(probe).isEmpty()) {
          faults.add("no " + probe);
        }
      }
      if (!"true".equals(container.text("securityContext", "readOnlyRootFilesystem"))
          && !resource.name().equals("kafka")) {
        faults.add("root file system is writable");
      }
      assertThat(faults).as("%s, container %s", resource, container.text("name")).isEmpty();
    }
    Node context =
        pod.at("securityContext")
            .orElse(pod.list("containers").getFirst().at("securityContext").orElseThrow());
    assertThat(context.text("runAsNonRoot")).as(resource.toString()).isEqualTo("true");
    assertThat(context.text("seccompProfile", "type"))
        .as(resource.toString())
        .isEqualTo("RuntimeDefault");
  }

  @Test
  void every_deployment_has_a_disruption_budget() {
    Set<String> budgets = names("PodDisruptionBudget");
    assertThat(budgets).containsAll(names("Deployment"));
  }

  @ParameterizedTest
  @MethodSource("rendered")
  void every_reference_of_a_combination_leads_somewhere(Manifests.Rendered set) {
    List<String> dangling = new ArrayList<>();
    for (Node resource : set.resources()) {
      resource
          .pods()
          .forEach(template -> dangling.addAll(danglingReferences(set, resource, template)));
    }
    for (Node service : set.of("Service")) {
      Map<String, Object> selector = service.map("spec", "selector");
      if (!selector.isEmpty()
          && podLabels(set)
              .noneMatch(labels -> labels.entrySet().containsAll(selector.entrySet()))) {
        dangling.add(service + " selects no pod");
      }
    }
    for (String scaler : List.of("ScaledObject", "HorizontalPodAutoscaler")) {
      for (Node scaled : set.of(scaler)) {
        String target = scaled.text("spec", "scaleTargetRef", "name");
        if (!set.has("Deployment", target)) {
          dangling.add(scaled + " scales " + target + ", which is not there");
        }
        set.of("Deployment").stream()
            .filter(deployment -> deployment.name().equals(target))
            .filter(deployment -> deployment.at("spec", "replicas").isPresent())
            .forEach(deployment -> dangling.add(deployment + " sets replicas against " + scaled));
      }
    }
    assertThat(dangling).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("rendered")
  void where_nothing_is_allowed_every_pod_is_allowed_what_it_needs(Manifests.Rendered set) {
    List<Node> policies =
        set.of("NetworkPolicy").stream()
            .filter(policy -> !Set.of("default-deny", "dns").contains(policy.name()))
            .toList();
    if (set.has("NetworkPolicy", "default-deny")) {
      assertThat(podLabels(set))
          .isNotEmpty()
          .allMatch(
              labels ->
                  policies.stream()
                      .anyMatch(policy ->
                          selects(policy.at("spec", "podSelector").orElseThrow(), labels)),
              "is selected by a policy");
    }
  }

  private static boolean selects(Node selector, Map<String, Object> labels) {
    return labels.entrySet().containsAll(selector.map("matchLabels").entrySet())
        && selector.list("matchExpressions").stream()
            .allMatch(one ->
                one.list("values").stream()
                    .anyMatch(value -> Objects.equals(value.value(), labels.get(one.text("key")))));
  }

  @ParameterizedTest
  @MethodSource("rendered")
  void every_image_of_a_combination_is_pinned(Manifests.Rendered set) {
    assertThat(
            set.resources().stream()
                .flatMap(Node::pods)
                .flatMap(pod -> pod.list("spec", "containers").stream())
                .map(container -> container.text("image")))
        .isNotEmpty()
        .allMatch(image -> image.matches(".+:[0-9][A-Za-z0-9._-]*"), "has a version as its tag");
  }

  @ParameterizedTest
  @MethodSource("rendered")
  void every_combination_has_known_fields_of_the_right_type(Manifests.Rendered set) {
    StrictReader reader = new StrictReader();
    assertThat(
            set.resources().stream()
                .flatMap(resource ->
                    reader.faults(resource).stream().map(fault -> resource + ": " + fault)))
        .isEmpty();
  }

  @Test
  void autoscaling_listens_to_what_the_services_listen_to() {
    int partitions = Integer.parseInt(literal("IMAGEAUDIT_EVENTS_PARTITIONS"));
    Set<String> topics =
        EventTopic.all().stream().map(EventTopic::name).collect(Collectors.toSet());
    Set<String> groups =
        Stream.of("gateway-service", "intake-service", "audit-worker", "notification-service")
            .map(module -> Repository.text(module + "/src/main/resources/application.yaml"))
            .flatMap(text -> Stream.of(text.split("\n")))
            .filter(line -> line.contains("group-id:"))
            .map(line -> line.replaceFirst(".*group-id:\\s*", "").strip())
            .collect(Collectors.toSet());
    List<Node> scaled =
        written().stream().filter(node -> node.kind().equals("ScaledObject")).toList();
    assertThat(scaled).hasSize(3);
    for (Node one : scaled) {
      Node trigger = one.list("spec", "triggers").getFirst().at("metadata").orElseThrow();
      assertThat(groups).as(one.toString()).contains(trigger.text("consumerGroup"));
      assertThat(topics).as(one.toString()).contains(trigger.text("topic"));
      assertThat(Integer.parseInt(one.text("spec", "maxReplicaCount")))
          .isLessThanOrEqualTo(partitions);
      assertThat(Repository.text("common-model/src/main/resources/image-audit-defaults.yaml"))
          .contains("auto-offset-reset: " + trigger.text("offsetResetPolicy"));
    }
  }

  @Test
  void topics_of_the_broker_are_those_of_the_services() {
    Set<String> expected =
        EventTopic.all().stream()
            .flatMap(topic -> Stream.of(topic.name(), topic.deadLetters()))
            .collect(Collectors.toSet());
    assertThat(names("KafkaTopic")).isEqualTo(expected);
  }

  @ParameterizedTest
  @MethodSource("servicePorts")
  void ports_are_those_that_the_services_open(String module, String deployment) {
    Set<String> opened =
        Stream.of(Repository.text(module + "/src/main/resources/application.yaml").split("\n"))
            .filter(line -> line.matches("(server\\.port|\\s+port|\\s+server\\.port):\\s*\\d+"))
            .map(line -> line.replaceAll("\\D", ""))
            .collect(Collectors.toSet());
    Node written =
        written().stream()
            .filter(node -> node.kind().equals("Deployment") && node.name().equals(deployment))
            .findFirst()
            .orElseThrow();
    Set<String> declared =
        written.list("spec", "template", "spec", "containers").getFirst().list("ports").stream()
            .map(port -> port.text("containerPort"))
            .collect(Collectors.toSet());
    assertThat(declared).isEqualTo(opened);
  }

  static Stream<Arguments> servicePorts() {
    return Stream.of(
            List.of("gateway-service", "gateway"),
            List.of("intake-service", "intake"),
            List.of("audit-worker", "audit-worker"),
            List.of("notification-service", "notification"))
        .map(pair -> Arguments.of(pair.get(0), pair.get(1)));
  }

  private static String literal(String name) {
    return Repository.documents("base", Repository.text("k8s/base/kustomization.yaml"))
        .getFirst()
        .list("configMapGenerator")
        .getFirst()
        .list("literals")
        .stream()
        .map(node -> String.valueOf(node.value()))
        .filter(text -> text.startsWith(name + "="))
        .map(text -> text.substring(name.length() + 1))
        .findFirst()
        .orElseThrow();
  }

  private static Set<String> names(String kind) {
    return written().stream()
        .filter(node -> node.kind().equals(kind))
        .map(Node::name)
        .collect(Collectors.toSet());
  }

  private static Stream<Map<String, Object>> podLabels(Manifests.Rendered set) {
    return set.resources().stream().flatMap(Node::pods).map(pod -> pod.map("metadata", "labels"));
  }

  private static List<String> danglingReferences(
      Manifests.Rendered set, Node resource, Node template) {
    List<String> dangling = new ArrayList<>();
    Node pod = template.at("spec").orElseThrow();
    String account = pod.text("serviceAccountName");
    if (!account.isEmpty() && !set.has("ServiceAccount", account)) {
      dangling.add(resource + ": service account " + account);
    }
    for (Node volume : pod.list("volumes")) {
      check(
          set,
          "ConfigMap",
          volume.text("configMap", "name"),
          CONFIG_FROM_OUTSIDE,
          resource,
          dangling);
      check(
          set,
          "PersistentVolumeClaim",
          volume.text("persistentVolumeClaim", "claimName"),
          Set.of(),
          resource,
          dangling);
    }
    for (Node container : pod.list("containers")) {
      container
          .list("envFrom")
          .forEach(from ->
              check(
                  set,
                  "ConfigMap",
                  from.text("configMapRef", "name"),
                  Set.of(),
                  resource,
                  dangling));
      container
          .list("env")
          .forEach(env ->
              check(
                  set,
                  "Secret",
                  env.text("valueFrom", "secretKeyRef", "name"),
                  SECRETS_FROM_OUTSIDE,
                  resource,
                  dangling));
    }
    return dangling;
  }

  private static void check(
      Manifests.Rendered set,
      String kind,
      String name,
      Set<String> outside,
      Node resource,
      List<String> dangling) {
    if (!name.isEmpty() && !outside.contains(name) && !set.has(kind, name)) {
      dangling.add(resource + ": " + kind + " " + name);
    }
  }

  private static void expect(Node container, String expected, List<String> faults, String... keys) {
    if (!container.text(keys).equals(expected)) {
      faults.add(
          String.join(".", keys) + ": " + container.text(keys) + " (expected: " + expected + ")");
    }
  }
}
