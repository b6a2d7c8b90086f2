package io.imageaudit.gateway.submit;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of one image of a batch.
 *
 * @param index its place in the request, from 0
 * @param success whether it was accepted
 * @param code ACCEPTED, or why not
 * @param data the receipt, if it was accepted
 * @param errors each fault as {@code field: what is wrong}
 */
record BatchItem(
    int index, boolean success, String code, @Nullable Receipt data, List<String> errors) {

  /** Copies the faults. */
  BatchItem {
    errors = List.copyOf(errors);
  }
}
