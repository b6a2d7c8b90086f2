package io.imageaudit.worker.image;

import io.imageaudit.worker.SettingsText;

/** The worker's decoder, for tests of other packages. */
public final class TestDecoder {

  private TestDecoder() {}

  /** A decoder with the settings that count when none are made. */
  public static ImageDecoder get() {
    return new OpenCvDecoder(SettingsText.bind("", DecodeSettings.class));
  }
}
