package io.imageaudit.worker.check;

import io.imageaudit.model.Box;
import io.imageaudit.model.Category;
import io.imageaudit.model.FindingSource;
import org.jspecify.annotations.Nullable;

/**
 * What a check saw, before any policy has its say.
 *
 * @param category canonical kind of violation
 * @param label the check's own word for it
 * @param score how sure the check is, 0..1
 * @param source where in the image it was seen
 * @param check name of the check
 * @param box where in the picture, if the check says so
 * @param text the text that was read, if any
 */
public record Observation(
    Category category,
    String label,
    double score,
    FindingSource source,
    String check,
    @Nullable Box box,
    @Nullable String text) {}
