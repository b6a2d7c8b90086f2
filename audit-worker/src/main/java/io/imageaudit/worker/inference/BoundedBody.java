package io.imageaudit.worker.inference;

import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** The body of an answer, given up as soon as it is larger than allowed. */
final class BoundedBody implements BodySubscriber<byte[]> {

  private final BodySubscriber<byte[]> whole = BodySubscribers.ofByteArray();
  private final int most;
  private long got;
  private Flow.@Nullable Subscription source;

  BoundedBody(int most) {
    this.most = most;
  }

  @Override
  public CompletionStage<byte[]> getBody() {
    return whole.getBody();
  }

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    source = subscription;
    whole.onSubscribe(subscription);
  }

  @Override
  public void onNext(List<ByteBuffer> part) {
    got += part.stream().mapToLong(ByteBuffer::remaining).sum();
    if (got <= most) {
      whole.onNext(part);
    } else {
      Objects.requireNonNull(source).cancel();
      whole.onError(new AnswerTooLargeException(most));
    }
  }

  @Override
  public void onError(Throwable fault) {
    whole.onError(fault);
  }

  @Override
  public void onComplete() {
    whole.onComplete();
  }
}
