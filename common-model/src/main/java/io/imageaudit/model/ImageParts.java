package io.imageaudit.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * How a picture is made up that one look at its first frame as a whole does not cover.
 *
 * @param tiles parts that each frame is looked at in, as {@link Tiling} cuts them; 1 for one that
 *     is looked at as a whole
 * @param durationMillis how long all frames of an animation are shown, milliseconds; none for a
 *     single frame
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ImageParts(int tiles, @Nullable Long durationMillis) {}
