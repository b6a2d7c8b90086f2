package io.imageaudit.model.trace;

import io.imageaudit.model.TraceParent;

/** A step that has begun; closing it ends it. May be used by several threads. */
public interface Step extends AutoCloseable {

  /** Its place in the trace: what it causes continues from here. */
  TraceParent place();

  /** Calls it by a better name, known by now. */
  void rename(String name);

  /**
   * Says something about it.
   *
   * @param key name by OpenTelemetry's semantic conventions, or {@code image_audit.*}
   * @param value nothing secret, nothing of which the tenant's customers would not want to be read
   */
  void note(String key, String value);

  /** Marks it as failed. */
  void fail(String reason);

  /** Ends it. Only the first call counts. */
  @Override
  void close();
}
