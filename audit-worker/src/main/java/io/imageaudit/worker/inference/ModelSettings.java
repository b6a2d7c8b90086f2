package io.imageaudit.worker.inference;

import io.imageaudit.model.Category;
import io.imageaudit.model.ContentDigest;
import io.imageaudit.worker.batch.BatchSettings;
import io.imageaudit.worker.image.InputSpec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * One model.
 *
 * @param protocol how its server is spoken to
 * @param endpoint for gRPC {@code host:port} or a target such as {@code dns:///models:8001}; for
 *     HTTP the base URL, such as {@code https://api.openai.com/v1}
 * @param tls whether a gRPC connection is encrypted
 * @param servedName the server's name for the model; empty for our own name
 * @param version the version to ask for; empty for the server's choice
 * @param grpcService full name of the gRPC service; TorchServe needs another than the default
 * @param contents how an {@code oip-grpc} request carries its tensor; TorchServe reads typed
 *     contents only
 * @param signature TensorFlow Serving's signature; empty for the server's default
 * @param prompt for chat models: the whole task; empty for the built-in one
 * @param callTimeout longest time for one call
 * @param credentials who we are
 * @param batch how pictures become batches
 * @param input what the model wants to be shown
 * @param output how to read its answer
 * @param labels names of the classes in the answer's order
 * @param categories the canonical category of each label that matters; others are ignored
 * @param maxMessage largest answer, bytes
 * @param golden proof that pictures are prepared as the model wants them, if there is one
 */
public record ModelSettings(
    @DefaultValue("oip-grpc") Protocol protocol,
    String endpoint,
    @DefaultValue("false") boolean tls,
    @DefaultValue("") String servedName,
    @DefaultValue("") String version,
    @DefaultValue("inference.GRPCInferenceService") String grpcService,
    @DefaultValue("raw") Contents contents,
    @DefaultValue("") String signature,
    @DefaultValue("") String prompt,
    @DefaultValue("10s") Duration callTimeout,
    @DefaultValue CredentialSettings credentials,
    @DefaultValue BatchSettings batch,
    @DefaultValue InputSpec input,
    @DefaultValue OutputSpec output,
    List<String> labels,
    @DefaultValue Map<String, Category> categories,
    @DefaultValue("67108864") int maxMessage,
    @Nullable GoldenSettings golden) {

  private static final Set<Protocol> ONE_ENCODED_PICTURE =
      Set.of(Protocol.OPENAI_MODERATION, Protocol.OPENAI_CHAT);

  /** How a model server is spoken to. */
  public enum Protocol {
    /** Open Inference Protocol over gRPC. */
    OIP_GRPC,
    /** Open Inference Protocol over HTTP, with binary tensors. */
    OIP_REST,
    /** TensorFlow Serving over gRPC. */
    TENSORFLOW_GRPC,
    /** TensorFlow Serving over HTTP. */
    TENSORFLOW_REST,
    /** OpenAI-compatible moderation. */
    OPENAI_MODERATION,
    /** OpenAI-compatible chat with pictures. */
    OPENAI_CHAT
  }

  /** How a request of the Open Inference Protocol carries a tensor. */
  public enum Contents {
    /** As bytes: nothing is copied. */
    RAW,
    /** As a list of numbers, or of encoded pictures. */
    TYPED
  }

  /**
   * Checks that the parts agree.
   *
   * @throws IllegalArgumentException when they do not
   */
  public ModelSettings {
    labels = List.copyOf(labels);
    categories = Map.copyOf(categories);
    if (endpoint.isBlank()) {
      throw new IllegalArgumentException("endpoint: (expected: host:port or a URL)");
    }
    if (callTimeout.isNegative() || callTimeout.isZero()) {
      throw new IllegalArgumentException("call-timeout: " + callTimeout + " (expected: > 0)");
    }
    if (ONE_ENCODED_PICTURE.contains(protocol)
        && (batch.max() != 1 || input.datatype() != InputSpec.Datatype.ENCODED)) {
      throw new IllegalArgumentException(
          "batch.max, input.datatype: (expected: 1 and encoded, for " + protocol + ")");
    }
    if (contents == Contents.TYPED
        && (protocol != Protocol.OIP_GRPC || input.datatype() == InputSpec.Datatype.FP16)) {
      throw new IllegalArgumentException(
          "contents: typed (expected: raw, for fp16 and for other protocols than oip-grpc)");
    }
    requireKnown(categories, labels, output);
  }

  /** The server's name for the model. */
  String served(String ownName) {
    return servedName.isEmpty() ? ownName : servedName;
  }

  /** Names what an answer depends on, except for the version that answers. */
  String identity() {
    String asked = String.join("|", protocol.name(), endpoint, servedName, version, grpcService);
    String all = String.join("|", asked, signature, prompt, labels.toString());
    String read = input.identity() + output + new TreeMap<>(categories);
    return ContentDigest.of((all + read).getBytes(StandardCharsets.UTF_8)).hex();
  }

  private static void requireKnown(
      Map<String, Category> categories, List<String> labels, OutputSpec output) {
    for (String label : categories.keySet()) {
      boolean read = output.kind() == OutputSpec.Kind.CTC && label.equals(CtcDecoder.LABEL);
      if (!read && !labels.contains(label)) {
        throw new IllegalArgumentException(
            "categories: " + label + " (expected: one of the labels " + labels + ")");
      }
    }
  }
}
