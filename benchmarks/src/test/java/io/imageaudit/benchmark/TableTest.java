package io.imageaudit.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {

  @Test
  void a_table_is_markdown() {
    assertThat(Table.of("what", "per second").with("ours", "10").markdown())
        .isEqualTo("| what | per second |\n| --- | --- |\n| ours | 10 |");
  }

  @Test
  void a_row_has_a_cell_for_each_column() {
    Table table = Table.of("what", "per second");
    assertThatThrownBy(() -> table.with("ours")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void contestants_are_measured_in_turn_and_their_median_counts() throws Exception {
    StringBuilder order = new StringBuilder();
    Iterator<Double> figures = List.of(9.0, 1.0, 5.0).iterator();

    var medians =
        new Rounds(3)
            .with(
                "ours",
                () -> {
                  order.append('o');
                  return figures.next();
                })
            .with(
                "peer",
                () -> {
                  order.append('p');
                  return 2.0;
                })
            .medians();

    assertThat(order).hasToString("opopop");
    assertThat(medians).containsEntry("ours", 5.0).containsEntry("peer", 2.0);
  }
}
