package io.imageaudit.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The envelope of every JSON answer.
 *
 * @param success whether the call did what was asked
 * @param code stable, machine-readable
 * @param message one sentence for people
 * @param data the answer, if any
 * @param errors each fault as {@code field: what is wrong}
 * @param <T> what the answer is
 */
public record ApiResponse<T>(
    boolean success, String code, String message, @Nullable T data, List<String> errors) {

  /** Copies the faults. */
  public ApiResponse {
    errors = List.copyOf(errors);
  }

  /** A call that succeeded. */
  public static <T> ApiResponse<T> success(String code, String message, T data) {
    return new ApiResponse<>(true, code, message, data, List.of());
  }

  /** A call that failed. */
  public static <T> ApiResponse<T> failure(String code, String message, List<String> errors) {
    return new ApiResponse<>(false, code, message, null, errors);
  }
}
