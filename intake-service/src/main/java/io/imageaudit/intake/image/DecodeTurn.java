package io.imageaudit.intake.image;

import io.imageaudit.model.TenantId;
import java.time.Instant;

/**
 * For whom a picture is decoded, and until when that is of use.
 *
 * @param tenant who shares the decoders with the others
 * @param deadline of its audit
 */
public record DecodeTurn(TenantId tenant, Instant deadline) {}
