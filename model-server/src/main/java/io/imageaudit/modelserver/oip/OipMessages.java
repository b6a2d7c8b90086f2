package io.imageaudit.modelserver.oip;

import com.google.protobuf.UnsafeByteOperations;
import io.imageaudit.inference.oip.InferParameter;
import io.imageaudit.inference.oip.ModelInferRequest;
import io.imageaudit.inference.oip.ModelInferRequest.InferInputTensor;
import io.imageaudit.inference.oip.ModelInferRequest.InferRequestedOutputTensor;
import io.imageaudit.inference.oip.ModelInferResponse;
import io.imageaudit.inference.oip.ModelInferResponse.InferOutputTensor;
import io.imageaudit.inference.oip.ModelMetadataResponse;
import io.imageaudit.inference.oip.ModelMetadataResponse.TensorMetadata;
import io.imageaudit.modelserver.serve.RefusedException;
import io.imageaudit.modelserver.serve.ServedModel;
import io.imageaudit.modelserver.tensor.Shape;
import io.imageaudit.modelserver.tensor.Tensor;
import io.imageaudit.modelserver.tensor.TensorSpec;
import io.imageaudit.modelserver.tensor.TensorType;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Translates the protocol's messages. */
final class OipMessages {

  /** Longest wait in the queue, where the caller names none. */
  static final Duration UNLIMITED = Duration.ofNanos(Long.MAX_VALUE);

  private OipMessages() {}

  static List<Tensor> inputs(ModelInferRequest request) {
    boolean raw = request.getRawInputContentsCount() > 0;
    if (raw && request.getRawInputContentsCount() != request.getInputsCount()) {
      throw RefusedException.invalid(
          "expected %d raw_input_contents, got %d"
              .formatted(request.getInputsCount(), request.getRawInputContentsCount()));
    }
    List<Tensor> inputs = new ArrayList<>();
    for (int i = 0; i < request.getInputsCount(); i++) {
      InferInputTensor input = request.getInputs(i);
      TensorType type = OipModels.type(input.getName(), input.getDatatype());
      if (raw && input.hasContents()) {
        throw RefusedException.invalid(
            "contents field must not be specified when using raw_input_contents for '%s' for model '%s'"
                .formatted(input.getName(), request.getModelName()));
      }
      ByteBuffer data =
          raw
              ? request.getRawInputContents(i).asReadOnlyByteBuffer()
              : TypedContents.toBytes(input.getName(), type, input.getContents());
      inputs.add(new Tensor(input.getName(), type, new Shape(input.getShapeList()), data));
    }
    return inputs;
  }

  static List<String> wantedOutputs(ModelInferRequest request) {
    return request.getOutputsList().stream().map(InferRequestedOutputTensor::getName).toList();
  }

  /** The parameter {@code timeout}: microseconds in the queue; 0 or none means no limit. */
  static Duration queueLimit(ModelInferRequest request) {
    InferParameter timeout =
        request.getParametersOrDefault("timeout", InferParameter.getDefaultInstance());
    return queueLimit(
        switch (timeout.getParameterChoiceCase()) {
          case INT64_PARAM -> timeout.getInt64Param();
          case UINT64_PARAM -> timeout.getUint64Param();
          case BOOL_PARAM, STRING_PARAM, DOUBLE_PARAM ->
              throw RefusedException.invalid("parameter 'timeout' must be a whole number");
          case PARAMETERCHOICE_NOT_SET -> 0;
        });
  }

  static Duration queueLimit(long micros) {
    return micros <= 0 || micros > Long.MAX_VALUE / 1000
        ? UNLIMITED
        : Duration.of(micros, ChronoUnit.MICROS);
  }

  static ModelInferResponse answer(
      ModelInferRequest request, ServedModel model, Collection<Tensor> outputs, boolean typed) {
    boolean asTyped = typed && outputs.stream().allMatch(out -> TypedContents.canHold(out.type()));
    ModelInferResponse.Builder response =
        ModelInferResponse.newBuilder()
            .setModelName(model.name())
            .setModelVersion(Long.toString(model.version()))
            .setId(request.getId());
    for (Tensor output : outputs) {
      InferOutputTensor.Builder tensor =
          InferOutputTensor.newBuilder()
              .setName(output.name())
              .setDatatype(output.type().name())
              .addAllShape(output.shape().dimensions());
      if (asTyped) {
        tensor.setContents(TypedContents.of(output));
      } else {
        response.addRawOutputContents(UnsafeByteOperations.unsafeWrap(output.elements()));
      }
      response.addOutputs(tensor);
    }
    return response.build();
  }

  static ModelMetadataResponse metadata(ServedModel model, List<String> versions) {
    return ModelMetadataResponse.newBuilder()
        .setName(model.name())
        .addAllVersions(versions)
        .setPlatform(model.platform())
        .addAllInputs(model.inputs().stream().map(OipMessages::metadata).toList())
        .addAllOutputs(model.outputs().stream().map(OipMessages::metadata).toList())
        .build();
  }

  private static TensorMetadata metadata(TensorSpec spec) {
    return TensorMetadata.newBuilder()
        .setName(spec.name())
        .setDatatype(spec.type().name())
        .addAllShape(spec.shape().dimensions())
        .build();
  }
}
