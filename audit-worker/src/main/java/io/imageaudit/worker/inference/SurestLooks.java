package io.imageaudit.worker.inference;

import io.imageaudit.worker.inference.LookOutcome.Looked;
import io.imageaudit.worker.inference.LookOutcome.NotLooked;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Looks at the parts of an image, taken together. Pure. */
final class SurestLooks {

  private SurestLooks() {}

  /**
   * For each label the surest detection of all looks, or the look that failed; the one with the
   * least hope when several did.
   */
  static LookOutcome of(List<LookOutcome> looks) {
    Map<String, Detection> surest = new LinkedHashMap<>();
    NotLooked failed = null;
    String version = "";
    for (LookOutcome look : looks) {
      switch (look) {
        case Looked looked -> {
          version = looked.version();
          looked.detections().forEach(seen -> surest.merge(seen.label(), seen, SurestLooks::surer));
        }
        case NotLooked not -> failed = lessHopeful(failed, not);
      }
    }
    return failed == null ? new Looked(new ArrayList<>(surest.values()), version) : failed;
  }

  private static Detection surer(Detection one, Detection other) {
    return other.score() > one.score() ? other : one;
  }

  private static NotLooked lessHopeful(@Nullable NotLooked one, NotLooked other) {
    return one == null || other.hope().compareTo(one.hope()) > 0 ? other : one;
  }
}
