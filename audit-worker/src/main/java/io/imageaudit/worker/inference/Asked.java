package io.imageaudit.worker.inference;

import io.imageaudit.model.TraceParent;
import io.imageaudit.worker.image.Prepared;

/**
 * One picture that a model is asked about.
 *
 * @param picture as the model wants to be shown it
 * @param trace the step that asks
 */
record Asked(Prepared picture, TraceParent trace) {}
