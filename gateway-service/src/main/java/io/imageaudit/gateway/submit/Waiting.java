package io.imageaudit.gateway.submit;

import io.imageaudit.gateway.submit.AcceptedAudits.Recorded;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.transaction.TransactionException;

/**
 * A request that waits for its commit.
 *
 * @param acceptances what is to be written down
 * @param answer what came of it; cancelled when nobody waits for it any more
 */
record Waiting(List<Acceptance> acceptances, CompletableFuture<List<Recorded>> answer) {

  /**
   * Waits for the answer.
   *
   * @throws DataAccessException when there is none in time, or the database did not give one
   * @throws TransactionException when there was no transaction to be had
   */
  List<Recorded> await(Duration patience) {
    try {
      return answerWithin(patience);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof DataAccessException fault) {
        throw fault;
      }
      if (e.getCause() instanceof TransactionException fault) {
        throw fault;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      answer.cancel(false);
      throw new QueryTimeoutException("interrupted", e);
    }
  }

  private List<Recorded> answerWithin(Duration patience)
      throws ExecutionException, InterruptedException {
    try {
      return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      if (answer.cancel(false)) {
        throw new QueryTimeoutException("not written down in time", e);
      }
      return answer.get(); // It came just now.
    }
  }
}
