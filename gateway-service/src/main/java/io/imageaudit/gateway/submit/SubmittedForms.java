package io.imageaudit.gateway.submit;

import io.imageaudit.gateway.problem.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;

/** Reads what is submitted, in the forms in which it may come. */
final class SubmittedForms {

  private final JsonForms jsonForms;
  private final MultipartForms multipartForms;
  private final Bodies bodies;
  private final SubmitSettings settings;

  SubmittedForms(
      JsonForms jsonForms, MultipartForms multipartForms, Bodies bodies, SubmitSettings settings) {
    this.jsonForms = jsonForms;
    this.multipartForms = multipartForms;
    this.bodies = bodies;
    this.settings = settings;
  }

  /**
   * One image, in JSON.
   *
   * @param use what is done with it
   * @throws ProblemException when it is no request that can be understood
   */
  <R> R json(HttpServletRequest request, Function<AuditForm, R> use) {
    return bodies.read(request, settings.maxJsonBytes(), jsonForms::read, use);
  }

  /**
   * Several images, in JSON.
   *
   * @param use what is done with them
   * @throws ProblemException when it is no request that can be understood
   */
  <R> R jsonItems(HttpServletRequest request, Function<List<AuditForm>, R> use) {
    return bodies.read(request, settings.maxBatchJsonBytes().toBytes(), jsonForms::readItems, use);
  }

  /**
   * One image, in a form with its file.
   *
   * @throws ProblemException when it is no request that can be understood
   */
  AuditForm multipart(HttpServletRequest request) {
    return multipartForms.read(request);
  }

  /**
   * Several images, in a form with their files.
   *
   * @throws ProblemException when it is no request that can be understood
   * @throws IOException when the form cannot be read to its end
   */
  List<AuditForm> multipartItems(HttpServletRequest request) throws IOException {
    return multipartForms.readItems(request);
  }
}
