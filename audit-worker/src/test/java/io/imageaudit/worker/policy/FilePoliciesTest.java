package io.imageaudit.worker.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of policies while their files change. */
class FilePoliciesTest {

  private static final String ONE = "checks: [one]\n";
  private static final String TWO = "checks: [one, two]\n";
  private static final String TOO_LARGE = ONE + "#".repeat(2 << 20);

  @TempDir private Path folder;
  private FilePolicies policies;

  @BeforeEach
  void start() throws IOException {
    write("default", ONE);
    write("strict", ONE);
    policies = new FilePolicies(folder);
  }

  @Test
  void a_change_counts_when_two_looks_in_a_row_see_it() throws IOException {
    write("default", TWO);
    policies.refresh();
    assertThat(checks("default")).isEqualTo(1);

    policies.refresh();
    assertThat(checks("default")).isEqualTo(2);
  }

  @Test
  void what_was_half_written_at_one_look_never_counts() throws IOException {
    write("default", "checks: [half]\n");
    policies.refresh();
    write("default", TWO);
    policies.refresh();
    policies.refresh();

    assertThat(checks("default")).isEqualTo(2);
  }

  @Test
  void a_file_that_is_gone_for_one_look_removes_nothing() throws IOException {
    Files.delete(file("strict"));
    policies.refresh();
    write("strict", ONE);
    policies.refresh();

    assertThat(policies.of("strict")).isPresent();
  }

  @Test
  void a_file_that_stays_away_is_no_policy_any_more() throws IOException {
    Files.delete(file("strict"));
    policies.refresh();
    policies.refresh();

    assertThat(policies.of("strict")).isEmpty();
    assertThat(policies.of("default")).isPresent();
  }

  @Test
  void a_new_file_is_a_new_policy() throws IOException {
    write("mild", ONE);
    policies.refresh();
    policies.refresh();

    assertThat(policies.of("mild")).isPresent();
  }

  @Test
  void an_emptied_folder_removes_nothing() throws IOException {
    Files.delete(file("strict"));
    Files.delete(file("default"));
    policies.refresh();
    policies.refresh();
    policies.refresh();

    assertThat(policies.of("default")).isPresent();
    assertThat(policies.of("strict")).isPresent();
  }

  @Test
  void a_file_that_grew_too_large_or_is_no_policy_leaves_the_one_before_in_force()
      throws IOException {
    write("default", TOO_LARGE);
    write("strict", "checks: [");
    policies.refresh();
    policies.refresh();

    assertThat(checks("default")).isEqualTo(1);
    assertThat(checks("strict")).isEqualTo(1);
  }

  @Test
  void a_worker_does_not_start_with_a_file_that_is_too_large() throws IOException {
    write("default", TOO_LARGE);

    assertThatThrownBy(() -> new FilePolicies(folder))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("default.yaml: ");
  }

  private int checks(String strategy) {
    return policies.of(strategy).orElseThrow().checks().size();
  }

  private void write(String strategy, String content) throws IOException {
    Files.writeString(file(strategy), content);
  }

  private Path file(String strategy) {
    return folder.resolve(strategy + ".yaml");
  }
}
