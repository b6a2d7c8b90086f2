package io.imageaudit.gateway.submit;

import io.imageaudit.gateway.problem.Fault;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.InputStreamSource;

/**
 * An audit request as it came, read but not checked.
 *
 * @param texts fields that are text, by name
 * @param timeoutSec seconds until the deadline, if given
 * @param upload a file part, if there is one
 * @param faults what could not even be read
 */
record AuditForm(
    Map<String, String> texts,
    @Nullable Integer timeoutSec,
    @Nullable Upload upload,
    List<Fault> faults) {

  static final String IMAGE_URL = "image_url";
  static final String IMAGE_BASE64 = "image_base64";
  static final String IMAGE = "image";
  static final String CALLBACK = "callback";
  static final String TIMEOUT_SEC = "timeout_sec";
  static final String REFERENCE = "reference";
  static final String STRATEGY = "strategy";
  static final String IMAGE_ROLE = "image_role";
  static final String PRIORITY = "priority";

  /** Names of the fields that are text. */
  static final List<String> TEXTS =
      List.of(IMAGE_URL, IMAGE_BASE64, CALLBACK, REFERENCE, STRATEGY, IMAGE_ROLE, PRIORITY);

  /** Copies the collections. */
  AuditForm {
    texts = Map.copyOf(texts);
    faults = List.copyOf(faults);
  }

  /** A request that could not be read. */
  static AuditForm unreadable(Fault fault) {
    return new AuditForm(Map.of(), null, null, List.of(fault));
  }

  /** The same fields with a file part. */
  AuditForm with(Upload file) {
    return new AuditForm(texts, timeoutSec, file, faults);
  }

  @Nullable String text(String name) {
    return texts.get(name);
  }

  /**
   * A file part.
   *
   * @param content its bytes, to be read once
   * @param size bytes
   */
  record Upload(InputStreamSource content, long size) {}
}
