package io.imageaudit.gateway.submit;

import io.imageaudit.gateway.problem.Fault;
import io.imageaudit.gateway.problem.ProblemCode;
import io.imageaudit.gateway.problem.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.multipart.MultipartHttpServletRequest;
import org.springframework.web.util.WebUtils;

/**
 * Reads audit requests from {@code multipart/form-data}: a part {@code image} and fields, or
 * several parts {@code image} and at most one part {@code items}. File names are not looked at.
 */
final class MultipartForms {

  private static final String ITEMS = "items";

  private final JsonForms json;
  private final int maxItems;

  MultipartForms(JsonForms json, int maxItems) {
    this.json = json;
    this.maxItems = maxItems;
  }

  /**
   * Reads one request.
   *
   * @throws MultipartException when it broke off before its form was whole
   */
  AuditForm read(HttpServletRequest any) {
    MultipartHttpServletRequest request = whole(any);
    List<Fault> faults = new ArrayList<>();
    AuditForm.Upload upload = upload(request.getMultiFileMap(), faults);
    Map<String, String> texts = new HashMap<>();
    Integer timeoutSec = null;
    Set<String> inAddress = AddressParameters.of(request);
    for (Map.Entry<String, String[]> field : request.getParameterMap().entrySet()) {
      String name = field.getKey();
      String value = field.getValue()[0];
      if (inAddress.contains(name)) {
        faults.add(Fault.unknown(name));
      } else if (field.getValue().length > 1) {
        faults.add(Fault.of(name, "twice"));
      } else if (name.equals(AuditForm.IMAGE)) {
        faults.add(Fault.of(name, "not_file"));
      } else if (name.equals(AuditForm.TIMEOUT_SEC)) {
        timeoutSec = integer(value, faults);
      } else if (AuditForm.TEXTS.contains(name)) {
        texts.put(name, value);
      } else {
        faults.add(Fault.unknown(name));
      }
    }
    return new AuditForm(texts, timeoutSec, upload, faults);
  }

  private static AuditForm.@Nullable Upload upload(
      Map<String, List<MultipartFile>> parts, List<Fault> faults) {
    AuditForm.Upload upload = null;
    for (Map.Entry<String, List<MultipartFile>> part : parts.entrySet()) {
      if (!part.getKey().equals(AuditForm.IMAGE)) {
        faults.add(Fault.unknown(part.getKey()));
      } else if (part.getValue().size() > 1) {
        faults.add(Fault.of(AuditForm.IMAGE, "twice"));
      } else {
        MultipartFile file = part.getValue().getFirst();
        upload = new AuditForm.Upload(file, file.getSize());
      }
    }
    return upload;
  }

  private static @Nullable Integer integer(String text, List<Fault> faults) {
    if (text.matches("-?[0-9]{1,9}")) {
      return Integer.valueOf(text);
    }
    faults.add(Fault.of(AuditForm.TIMEOUT_SEC, "not_integer"));
    return null;
  }

  /**
   * Reads several requests: the n-th file part goes with the n-th element of {@code items}.
   *
   * @throws ProblemException when the form as a whole cannot be taken
   * @throws MultipartException when it broke off before its form was whole
   */
  List<AuditForm> readItems(HttpServletRequest any) throws IOException {
    MultipartHttpServletRequest request = whole(any);
    List<MultipartFile> files = request.getFiles(AuditForm.IMAGE);
    List<Fault> faults = strangers(request);
    if (files.isEmpty()) {
      faults.add(Fault.of(AuditForm.IMAGE, "missing_file"));
    }
    if (files.size() > maxItems) {
      faults.add(Fault.of(AuditForm.IMAGE, "too_many", maxItems));
    }
    if (!faults.isEmpty()) {
      throw ProblemException.of(ProblemCode.VALIDATION_ERROR, faults);
    }
    List<AuditForm> fields = fields(request, files.size());
    List<AuditForm> forms = new ArrayList<>();
    for (int index = 0; index < files.size(); index++) {
      MultipartFile file = files.get(index);
      forms.add(fields.get(index).with(new AuditForm.Upload(file, file.getSize())));
    }
    return forms;
  }

  /** A request whose body broke off comes here all the same, with no form. */
  private static MultipartHttpServletRequest whole(HttpServletRequest request) {
    MultipartHttpServletRequest form =
        WebUtils.getNativeRequest(request, MultipartHttpServletRequest.class);
    if (form == null) {
      throw new MultipartException("the form broke off");
    }
    return form;
  }

  private List<AuditForm> fields(MultipartHttpServletRequest request, int count)
      throws IOException {
    MultipartFile file = request.getFile(ITEMS);
    String text = request.getParameter(ITEMS);
    if (file == null && text == null) {
      return Collections.nCopies(count, new AuditForm(Map.of(), null, null, List.of()));
    }
    List<AuditForm> fields =
        json.readList(
            file != null
                ? file.getInputStream()
                : new ByteArrayInputStream(
                    Objects.requireNonNull(text).getBytes(StandardCharsets.UTF_8)));
    if (fields.size() != count) {
      throw ProblemException.of(
          ProblemCode.VALIDATION_ERROR, List.of(Fault.of(ITEMS, "not_as_many", count)));
    }
    return fields;
  }

  private static List<Fault> strangers(MultipartHttpServletRequest request) {
    Set<String> inAddress = AddressParameters.of(request);
    return Stream.concat(
            request.getMultiFileMap().keySet().stream()
                .filter(name -> !name.equals(AuditForm.IMAGE) && !name.equals(ITEMS)),
            request.getParameterMap().keySet().stream()
                .filter(name -> !name.equals(ITEMS) || inAddress.contains(name)))
        .map(Fault::unknown)
        .collect(Collectors.toCollection(ArrayList::new));
  }
}
