/**
 * What happens to an audit, as one service tells it to the others: submitted, ingested, concluded,
 * notified. A field is never renamed or retyped; readers ignore what they do not know.
 */
@NullMarked
package io.imageaudit.model.event;

import org.jspecify.annotations.NullMarked;
