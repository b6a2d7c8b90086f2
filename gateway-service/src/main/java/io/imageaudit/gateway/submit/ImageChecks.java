package io.imageaudit.gateway.submit;

import io.imageaudit.gateway.problem.Fault;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ByteArrayResource;

/** Finds the one image of a request: an address, base64 or a file part. */
final class ImageChecks {

  /** {@code data:image/png;base64,} may stand before the data (RFC 2397). */
  private static final Pattern DATA_URL = Pattern.compile("data:image/[a-z0-9.+-]{1,40};base64,");

  private final SubmitSettings settings;
  private final AddressChecks addresses;

  ImageChecks(SubmitSettings settings, AddressChecks addresses) {
    this.settings = settings;
    this.addresses = addresses;
  }

  Outcome check(AuditForm form, List<Fault> faults) {
    String url = form.text(AuditForm.IMAGE_URL);
    String base64 = form.text(AuditForm.IMAGE_BASE64);
    AuditForm.Upload upload = form.upload();
    long forms = Stream.of(url, base64, upload).filter(Objects::nonNull).count();
    if (forms > 1) {
      faults.add(Fault.of(AuditForm.IMAGE, "more_than_one"));
    } else if (forms == 0 && faults.stream().noneMatch(ImageChecks::isAboutTheImage)) {
      faults.add(Fault.of(AuditForm.IMAGE, "missing"));
    }
    Outcome outcome = Outcome.NONE;
    if (url != null) {
      outcome =
          addresses
              .image(url, faults)
              .map(address -> new Outcome(new OfferedImage.Remote(address), false))
              .orElse(Outcome.NONE);
    }
    if (base64 != null) {
      outcome = inline(base64, faults);
    }
    return upload == null ? outcome : file(upload, faults);
  }

  private Outcome inline(String text, List<Fault> faults) {
    var prefix = DATA_URL.matcher(text);
    int start = prefix.lookingAt() ? prefix.end() : 0;
    if (text.length() - start > settings.maxBase64Length()) {
      return tooLarge(AuditForm.IMAGE_BASE64, settings.maxInlineBytes().toBytes(), faults);
    }
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(text.substring(start));
    } catch (IllegalArgumentException _) {
      faults.add(Fault.of(AuditForm.IMAGE_BASE64, "not_base64"));
      return Outcome.NONE;
    }
    if (bytes.length > settings.maxInlineBytes().toBytes()) {
      return tooLarge(AuditForm.IMAGE_BASE64, settings.maxInlineBytes().toBytes(), faults);
    }
    if (bytes.length == 0) {
      faults.add(Fault.of(AuditForm.IMAGE_BASE64, "empty"));
      return Outcome.NONE;
    }
    return new Outcome(new OfferedImage.Content(new ByteArrayResource(bytes), bytes.length), false);
  }

  private Outcome file(AuditForm.Upload upload, List<Fault> faults) {
    if (upload.size() > settings.maxUploadBytes().toBytes()) {
      return tooLarge(AuditForm.IMAGE, settings.maxUploadBytes().toBytes(), faults);
    }
    if (upload.size() == 0) {
      faults.add(Fault.of(AuditForm.IMAGE, "empty"));
      return Outcome.NONE;
    }
    return new Outcome(new OfferedImage.Content(upload.content(), upload.size()), false);
  }

  private static Outcome tooLarge(String field, long limit, List<Fault> faults) {
    faults.add(Fault.of(field, "too_large", limit));
    return new Outcome(null, true);
  }

  private static boolean isAboutTheImage(Fault fault) {
    return fault.field().equals(AuditForm.IMAGE)
        || fault.field().equals(AuditForm.IMAGE_URL)
        || fault.field().equals(AuditForm.IMAGE_BASE64);
  }

  /**
   * What was found.
   *
   * @param image the image, if there is one that can be taken
   * @param tooLarge whether its size stands against it
   */
  record Outcome(@Nullable OfferedImage image, boolean tooLarge) {

    private static final Outcome NONE = new Outcome(null, false);
  }
}
