package io.imageaudit.worker.audit;

import io.imageaudit.model.Coverage;
import io.imageaudit.model.ImageFacts;
import io.imageaudit.model.TraceParent;
import io.imageaudit.model.event.AuditIngested;
import io.imageaudit.model.kafka.TransientFaultException;
import io.imageaudit.worker.check.CheckOutcome;
import io.imageaudit.worker.check.Checks;
import io.imageaudit.worker.check.LastCall;
import io.imageaudit.worker.image.DecodeOutcome.Decoded;
import io.imageaudit.worker.image.DecodeOutcome.Undecodable;
import io.imageaudit.worker.image.ImageBytes;
import io.imageaudit.worker.image.ImageDecoder;
import io.imageaudit.worker.image.NoRoomException;
import io.imageaudit.worker.image.Picture;
import io.imageaudit.worker.image.WrongBytesException;
import io.imageaudit.worker.inference.Hope;
import io.imageaudit.worker.policy.Policy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** Looks at one image: reads it, decodes it once, lets all checks of the policy look. */
final class JudgeImage {

  private static final Coverage NOTHING = new Coverage(1, 0, 1, 0);

  private final ImageBytes store;
  private final ImageDecoder decoder;
  private final Checks checks;
  private final InstantSource clock;

  JudgeImage(ImageBytes store, ImageDecoder decoder, Checks checks, InstantSource clock) {
    this.store = store;
    this.decoder = decoder;
    this.checks = checks;
    this.clock = clock;
  }

  /**
   * Looks.
   *
   * @param until when to give up on a check that cannot look
   * @throws TransientFaultException when the content store is away
   * @throws UncheckedIOException when it does not have the bytes
   */
  Judgement judge(AuditIngested event, Policy policy, LastCall until, TraceParent trace) {
    Instant start = clock.instant();
    byte[] bytes = read(event);
    Instant read = clock.instant();
    ImageFacts facts = event.image();
    try {
      int detail = checks.detail(policy.checks());
      return switch (decoder.decode(bytes, facts, detail, until.answer())) {
        case Undecodable(var failure) -> new Judgement.Unjudged(failure);
        case Decoded(Picture picture) -> {
          try (picture) {
            Instant decoded = clock.instant();
            List<CheckOutcome> outcomes = checks.look(policy.checks(), picture, until, trace);
            Timings timings = new Timings(start, read, decoded, clock.instant());
            yield new Judgement.Judged(
                outcomes, timings, picture.width(), picture.height(), picture.coverage());
          }
        }
      };
    } catch (NoRoomException e) {
      return unseen(policy, e, new Timings(start, read, clock.instant(), clock.instant()));
    }
  }

  /** No check could look, since there was no picture in time. */
  private static Judgement unseen(Policy policy, NoRoomException reason, Timings timings) {
    String why = String.valueOf(reason.getMessage());
    List<CheckOutcome> outcomes =
        policy.checks().stream()
            .sorted()
            .<CheckOutcome>map(
                check -> new CheckOutcome.Missing(check, "NO_MEMORY", why, Hope.SOON))
            .toList();
    return new Judgement.Judged(outcomes, timings, 0, 0, NOTHING);
  }

  private byte[] read(AuditIngested event) {
    try {
      return store.read(event.request().tenant(), event.image().sha256());
    } catch (WrongBytesException e) {
      throw new UncheckedIOException(e);
    } catch (IOException e) {
      throw new TransientFaultException("the content store cannot be read", e);
    }
  }
}
