package io.imageaudit.notification.delivery;

import java.util.Collection;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Columns of many rows as arrays of texts, which PostgreSQL casts to what they are. */
public final class JdbcArrays {

  private JdbcArrays() {}

  /** One column. */
  public static <T> @Nullable String[] texts(
      Collection<T> rows, Function<T, @Nullable Object> column) {
    @Nullable String[] texts = new @Nullable String[rows.size()];
    int i = 0;
    for (T row : rows) {
      Object value = column.apply(row);
      texts[i++] = value == null ? null : value.toString();
    }
    return texts;
  }
}
