/**
 * A small model server for development and tests: ONNX models, or models simulated in Java, behind
 * the Open Inference Protocol and TensorFlow Serving's calls. Production runs Triton or TensorFlow
 * Serving.
 */
@NullMarked
package io.imageaudit.modelserver;

import org.jspecify.annotations.NullMarked;
