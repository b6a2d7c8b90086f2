/**
 * How events travel: one topic per kind of event, keyed by audit id, JSON values, and a dead-letter
 * topic beside each. Delivery is at least once; a record that cannot be processed ends its audit.
 */
@NullMarked
package io.imageaudit.model.kafka;

import org.jspecify.annotations.NullMarked;
