/** Models from files, run by ONNX Runtime. */
@NullMarked
package io.imageaudit.modelserver.onnx;

import org.jspecify.annotations.NullMarked;
