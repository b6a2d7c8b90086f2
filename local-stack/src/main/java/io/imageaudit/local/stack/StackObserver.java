package io.imageaudit.local.stack;

import io.imageaudit.local.layout.PartName;
import java.time.Duration;
import java.util.Collection;

/** Hears what happens to the parts. */
public interface StackObserver {

  /** These parts are being started. Told again and again while they are. */
  void starting(Collection<PartName> parts, Duration since);

  /** A part answers. */
  void ready(PartName part, Duration took);

  /** A part that nobody stopped has ended. */
  void ended(PartName part, int exitStatus);
}
