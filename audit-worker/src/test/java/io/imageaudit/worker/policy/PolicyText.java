package io.imageaudit.worker.policy;

import java.nio.charset.StandardCharsets;

/** A policy as an operator writes it. */
public final class PolicyText {

  private PolicyText() {}

  /** Throws unless it can be read. */
  public static void requireReadable(String text) {
    var _ = new PolicyReader().read("shown", text.getBytes(StandardCharsets.UTF_8));
  }
}
