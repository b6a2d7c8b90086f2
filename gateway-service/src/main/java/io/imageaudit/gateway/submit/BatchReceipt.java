package io.imageaudit.gateway.submit;

import java.util.List;

/**
 * What is answered to a batch.
 *
 * @param items one for each image, in order
 */
record BatchReceipt(List<BatchItem> items) {

  /** Copies the list. */
  BatchReceipt {
    items = List.copyOf(items);
  }
}
