package io.imageaudit.local.demo;

import java.util.Locale;

/** How a picture is handed in. */
enum InputForm {
  URL,
  BASE64,
  MULTIPART;

  String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
