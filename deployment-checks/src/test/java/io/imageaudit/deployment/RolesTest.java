package io.imageaudit.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Wherever a database is made, it is made alike: who may log in, own and see what. */
class RolesTest {

  private static final String ROLES = Repository.text("docker/postgres/roles.sql");

  @Test
  void development_on_kubernetes_has_the_same_file() {
    assertThat(Repository.text("k8s/components/data/dev-data/roles.sql")).isEqualTo(ROLES);
    assertThat(Repository.text("k8s/components/data/dev-data/10-roles.sh"))
        .isEqualTo(Repository.text("docker/postgres/10-roles.sh"));
  }

  @Test
  void the_local_stack_makes_the_same_roles() {
    assertThat(statements(Repository.text("local-stack/src/main/resources/postgres/services.sql")))
        .isEqualTo(statements(ROLES));
  }

  @Test
  void the_operators_cluster_makes_the_same_roles() {
    String file = "k8s/components/data/postgres-cnpg/cluster.yaml";
    Node cluster =
        Repository.documents(file, Repository.text(file)).stream()
            .filter(node -> node.kind().equals("Cluster"))
            .findFirst()
            .orElseThrow();
    String script =
        cluster.list("spec", "bootstrap", "initdb", "postInitApplicationSQL").stream()
            .map(statement -> statement.value() + ";\n")
            .collect(Collectors.joining());
    assertThat(statements(script)).isEqualTo(statements(ROLES));
  }

  @Test
  void a_difference_is_seen() {
    assertThat(statements(ROLES)).hasSizeGreaterThan(15);
    assertThat(statements(ROLES.replace("NOCREATEDB", "CREATEDB"))).isNotEqualTo(statements(ROLES));
  }

  /** What a script does, in one spelling, without passwords and what is the default anyway. */
  private static Set<String> statements(String script) {
    return Stream.of(script)
        .map(text -> text.replaceAll("--[^\\n]*|\\\\set [^\\n]*", ""))
        .map(text ->
            text.replaceAll(
                "(?i)select format\\('(.*?)', current_database\\(\\)\\) \\\\gexec", "$1;"))
        .map(text -> text.replace("%I", "image_audit").toLowerCase(Locale.ROOT))
        .flatMap(text -> Arrays.stream(text.split(";")))
        .map(text -> text.replaceAll("\\bpassword\\s+:?'[^']*'", ""))
        .map(text -> text.replaceAll("\\bno(?:superuser|createdb|createrole)\\b", ""))
        .map(text -> text.replaceAll("\\s+", " ").strip())
        .filter(text -> !text.isEmpty())
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
