package io.imageaudit.deployment;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads resources as an API server with strict validation would: a wrong type and an unknown field
 * are faults. Kubernetes' own kinds by their Java types, those of operators by the schemas in
 * {@code k8s/schemas}.
 */
final class StrictReader {

  private static final String MODELS = "io.fabric8.kubernetes.api.model";

  private final KubernetesSerialization serialization = new KubernetesSerialization();
  private final SchemaRegistry schemas =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

  /** What is wrong with a resource. */
  List<String> faults(Node resource) {
    String json = serialization.asJson(resource.value());
    Path schema = schemaOf(resource);
    if (Files.exists(schema)) {
      return schemaFaults(schema, json);
    }
    List<String> faults = new ArrayList<>();
    try {
      Object typed = serialization.unmarshal(json);
      if (typed instanceof GenericKubernetesResource) {
        faults.add(
            "no type and no schema for " + resource.text("apiVersion") + " " + resource.kind());
      } else {
        collectUnknown(typed, "", faults);
      }
    } catch (RuntimeException e) {
      faults.add(String.valueOf(e.getMessage()));
    }
    return faults;
  }

  private static Path schemaOf(Node resource) {
    String group = resource.text("apiVersion").replaceFirst("/.*", "");
    return Repository.ROOT.resolve("k8s/schemas/" + resource.kind() + "." + group + ".yaml");
  }

  private List<String> schemaFaults(Path file, String json) {
    String name = Repository.ROOT.relativize(file).toString();
    Schema schema = schemas.getSchema(Repository.text(name), InputFormat.YAML);
    return schema.validate(json, InputFormat.JSON).stream().map(Object::toString).toList();
  }

  /**
   * Follows the getters of model classes; what a class does not know lies in its additional
   * properties.
   */
  private static void collectUnknown(@Nullable Object value, String path, List<String> faults) {
    switch (value) {
      case null -> {}
      case Collection<?> elements ->
          elements.forEach(element -> collectUnknown(element, path + "[]", faults));
      case Map<?, ?> entries ->
          entries.forEach((key, entry) -> collectUnknown(entry, path + "." + key, faults));
      default -> collectFromModel(value, path, faults);
    }
  }

  private static void collectFromModel(Object model, String path, List<String> faults) {
    if (!model.getClass().getName().startsWith(MODELS)) {
      return;
    }
    for (Method getter : model.getClass().getMethods()) {
      if (getter.getParameterCount() != 0 || !getter.getName().startsWith("get")) {
        continue;
      }
      Object value = valueOf(getter, model);
      if (getter.getName().equals("getAdditionalProperties")) {
        // A quantity keeps its parts there; everything else, what it does not know.
        if (!model.getClass().getSimpleName().equals("Quantity")) {
          ((Map<?, ?>) value)
              .keySet()
              .forEach(name -> faults.add("unknown field " + path + "." + name));
        }
      } else {
        String field =
            Character.toLowerCase(getter.getName().charAt(3)) + getter.getName().substring(4);
        collectUnknown(value, path + "." + field, faults);
      }
    }
  }

  private static Object valueOf(Method getter, Object model) {
    try {
      return getter.invoke(model);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException(e);
    }
  }
}
