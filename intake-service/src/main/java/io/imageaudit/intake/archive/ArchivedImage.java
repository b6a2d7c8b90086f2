package io.imageaudit.intake.archive;

import io.imageaudit.intake.image.ImageDetails;
import io.imageaudit.model.ImageFacts;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of an image, also after its bytes were erased.
 *
 * @param image what was told about it
 * @param details what else is known
 * @param storedAt when it was first kept
 * @param usedAt when it was last audited
 * @param erasedAt when its bytes were erased, if they were
 */
record ArchivedImage(
    ImageFacts image,
    ImageDetails details,
    Instant storedAt,
    Instant usedAt,
    @Nullable Instant erasedAt) {}
