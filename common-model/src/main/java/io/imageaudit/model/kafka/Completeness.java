package io.imageaudit.model.kafka;

import java.lang.reflect.RecordComponent;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds what an event lacks. JSON leaves null what it leaves out, whatever the records promise; so
 * all that is not marked as nullable is looked for here, in an event and in the records within it,
 * before anybody relies on it.
 */
final class Completeness {

  private Completeness() {}

  /** The way to the first component that should be there and is not, in the names of Java. */
  static Optional<String> firstMissing(Record value) {
    for (RecordComponent component : value.getClass().getRecordComponents()) {
      Object part = part(value, component);
      if (part == null && !component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
        return Optional.of(component.getName());
      }
      if (part instanceof Record inner) {
        Optional<String> missing = firstMissing(inner);
        if (missing.isPresent()) {
          return Optional.of(component.getName() + '.' + missing.get());
        }
      }
    }
    return Optional.empty();
  }

  private static @Nullable Object part(Record value, RecordComponent component) {
    try {
      return component.getAccessor().invoke(value);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(component + " cannot be read", e);
    }
  }
}
