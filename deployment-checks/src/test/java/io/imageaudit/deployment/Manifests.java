package io.imageaudit.deployment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The resources under {@code k8s/}: as written, and as kustomize puts them together where {@code
 * kubectl} is installed. Building the product needs no kubectl; whoever changes manifests has one.
 */
final class Manifests {

  /** One set of resources that is applied together. */
  record Rendered(String name, List<Node> resources) {

    List<Node> of(String kind) {
      return resources.stream().filter(resource -> resource.kind().equals(kind)).toList();
    }

    boolean has(String kind, String name) {
      return of(kind).stream().anyMatch(resource -> resource.name().equals(name));
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private Manifests() {}

  /** Every resource as written, patches left out. */
  static List<Node> written() {
    return Repository.files("k8s", ".yaml").stream()
        .filter(file -> !file.toString().contains("/schemas/"))
        .filter(file -> !file.getFileName().toString().equals("kustomization.yaml"))
        .flatMap(file -> documents(file).stream())
        .filter(document -> !document.kind().isEmpty())
        .toList();
  }

  /** Every overlay and test combination, put together; none without kubectl. */
  static List<Rendered> rendered() {
    if (run("version", "--client").isEmpty()) {
      return List.of();
    }
    return Stream.of("k8s/overlays", "k8s/tests")
        .flatMap(folder -> Repository.files(folder, "kustomization.yaml").stream())
        .map(file -> Repository.ROOT.relativize(file.getParent()).toString())
        .map(folder -> new Rendered(folder, Repository.documents(folder, render(folder))))
        .toList();
  }

  private static List<Node> documents(Path file) {
    String name = Repository.ROOT.relativize(file).toString();
    return Repository.documents(name, Repository.text(name));
  }

  private static String render(String folder) {
    String text = run("kustomize", Repository.ROOT.resolve(folder).toString());
    if (text.isEmpty()) {
      throw new AssertionError("kubectl kustomize " + folder + " fails");
    }
    return text;
  }

  /** What kubectl prints; empty when it is not there or fails. */
  private static String run(String... arguments) {
    List<String> command = Stream.concat(Stream.of("kubectl"), Stream.of(arguments)).toList();
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.waitFor() == 0 ? text : "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (IOException e) {
      return missing(e);
    }
  }

  private static String missing(IOException fault) {
    if (fault.getMessage() != null && fault.getMessage().contains("No such file")) {
      return "";
    }
    throw new UncheckedIOException(fault);
  }
}
