package io.imageaudit.gateway.submit;

import io.imageaudit.gateway.problem.Fault;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.multipart.MultipartHttpServletRequest;

/** Reads an audit request from {@code multipart/form-data}: a part {@code image} and fields. */
final class MultipartForms {

  /** Reads one request. File names are not looked at. */
  AuditForm read(MultipartHttpServletRequest request) {
    List<Fault> faults = new ArrayList<>();
    AuditForm.Upload upload = upload(request.getMultiFileMap(), faults);
    Map<String, String> texts = new HashMap<>();
    Integer timeoutSec = null;
    for (Map.Entry<String, String[]> field : request.getParameterMap().entrySet()) {
      String name = field.getKey();
      String value = field.getValue()[0];
      if (field.getValue().length > 1) {
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
}
