package io.imageaudit.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a measurement says, as a table in Markdown.
 *
 * @param head one word or more per column
 * @param rows as many cells each as there are columns
 */
public record Table(List<String> head, List<List<String>> rows) {

  /**
   * Copies the lists.
   *
   * @throws IllegalArgumentException when a row has another number of cells than the head
   */
  public Table {
    head = List.copyOf(head);
    rows = rows.stream().map(List::copyOf).toList();
    int columns = head.size();
    if (rows.stream().anyMatch(row -> row.size() != columns)) {
      throw new IllegalArgumentException("rows: cells that have no column, or too few");
    }
  }

  /** A table without rows. */
  public static Table of(String... head) {
    return new Table(List.of(head), List.of());
  }

  /** The same with one more row. */
  public Table with(String... cells) {
    List<List<String>> more = new ArrayList<>(rows);
    more.add(List.of(cells));
    return new Table(head, more);
  }

  /** The table in Markdown, one line per row. */
  public String markdown() {
    List<List<String>> lines = new ArrayList<>();
    lines.add(head);
    lines.add(head.stream().map(_ -> "---").toList());
    lines.addAll(rows);
    return lines.stream()
        .map(line -> "| " + String.join(" | ", line) + " |")
        .collect(Collectors.joining("\n"));
  }
}
