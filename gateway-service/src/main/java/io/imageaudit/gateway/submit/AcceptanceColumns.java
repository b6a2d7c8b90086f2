package io.imageaudit.gateway.submit;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Acceptances as columns, one array each, so that one statement writes any number of them. */
final class AcceptanceColumns {

  private AcceptanceColumns() {}

  static Map<String, Object> of(List<Acceptance> all, JsonMapper json) {
    Map<String, Object> columns = new HashMap<>();
    columns.put("ids", column(all, UUID[]::new, a -> a.event().auditId().value()));
    columns.put("tenants", texts(all, a -> a.event().request().tenant().value()));
    columns.put("references", texts(all, a -> a.event().request().reference()));
    columns.put("events", texts(all, a -> json.writeValueAsString(a.event())));
    columns.put("times", texts(all, a -> a.event().request().submittedAt().toString()));
    columns.put("deadlines", texts(all, a -> a.event().request().deadline().toString()));
    columns.put("keys", texts(all, a -> key(a.repeat())));
    columns.put("contents", texts(all, a -> content(a.repeat())));
    columns.put("whole_keys", texts(all, a -> key(whole(a))));
    columns.put("whole_contents", texts(all, a -> content(whole(a))));
    return columns;
  }

  private static Acceptance.@Nullable Repeat whole(Acceptance acceptance) {
    return acceptance.repeat() == null ? null : acceptance.repeat().whole();
  }

  static @Nullable String key(Acceptance.@Nullable Repeat repeat) {
    return repeat == null ? null : repeat.key();
  }

  static @Nullable String content(Acceptance.@Nullable Repeat repeat) {
    return repeat == null ? null : repeat.content().hex();
  }

  private static @Nullable String[] texts(
      List<Acceptance> all, Function<Acceptance, @Nullable String> value) {
    return column(all, String[]::new, value);
  }

  private static <T> @Nullable T[] column(
      List<Acceptance> all,
      IntFunction<@Nullable T[]> array,
      Function<Acceptance, @Nullable T> value) {
    return all.stream().map(value).toArray(array);
  }
}
