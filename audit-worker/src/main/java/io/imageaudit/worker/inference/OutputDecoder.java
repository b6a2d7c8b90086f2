package io.imageaudit.worker.inference;

import io.imageaudit.worker.image.InputSpec;
import io.imageaudit.worker.image.Placement;
import java.util.List;

/** Reads what a model says about one picture. */
interface OutputDecoder {

  /**
   * What it says.
   *
   * @param output of one picture, without the batch dimension
   * @param placement where the picture lay in the input
   * @throws IllegalArgumentException when it makes no sense
   */
  List<Detection> decode(OutputTensor output, Placement placement);

  /** Names what it decides by besides its settings: the content of files; empty for nothing. */
  default String identity() {
    return "";
  }

  /** The reader for a configured output, of a model that is shown such an input. */
  static OutputDecoder of(OutputSpec spec, List<String> labels, InputSpec input) {
    return switch (spec.kind()) {
      case SIGMOID, SOFTMAX, SIGMOID_LOGITS, LOGITS, SCALAR ->
          new ScoreDecoder(spec.kind(), labels);
      case YOLO_V8, YOLO_V5 -> new YoloDecoder(spec, labels);
      case BOXES_NMS -> new BoxDecoder(spec, labels);
      case DB_MAP -> new TextMapDecoder(spec, labels, input);
      case CTC -> new CtcDecoder(labels);
      case EMBEDDING, EMBEDDING_SIGMOID -> EmbeddingDecoder.of(spec, labels);
    };
  }
}
