/** The first step: POST /v1/audits becomes a row, an event and a receipt. */
@NullMarked
package io.imageaudit.gateway.submit;

import org.jspecify.annotations.NullMarked;
