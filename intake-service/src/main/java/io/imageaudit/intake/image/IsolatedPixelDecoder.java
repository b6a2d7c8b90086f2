package io.imageaudit.intake.image;

import io.imageaudit.model.FailureCode;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decodes in other processes. A picture that hangs the decoder costs its process after a deadline;
 * one that crashes it is given to a second, fresh process and, when that dies too, is known to be
 * corrupt. The service itself never loads a decoder.
 *
 * <p>Pipes are read on platform threads, one for each process, so that no virtual thread holds its
 * carrier while a picture is decoded.
 */
final class IsolatedPixelDecoder implements PixelDecoder {

  private static final Logger LOG = LoggerFactory.getLogger(IsolatedPixelDecoder.class);
  private static final int TRIES = 2;

  private final DecoderSettings settings;
  private final List<String> command;
  private final Map<String, String> environment;
  private final ConcurrentLinkedDeque<DecoderChild> idle = new ConcurrentLinkedDeque<>();
  private final Set<DecoderChild> running = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final ExecutorService threads;
  private final ScheduledExecutorService watchdog;

  IsolatedPixelDecoder(DecoderSettings settings, List<String> command, ImageSettings limits) {
    this.settings = settings;
    this.command = List.copyOf(command);
    this.environment = DecoderEnvironment.of(limits, System.getenv());
    this.threads =
        Executors.newFixedThreadPool(
            settings.processes(), Thread.ofPlatform().daemon().name("decoder-", 0).factory());
    this.watchdog =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("decoder-watchdog").factory());
  }

  /** Starts all processes in the background, so that the first pictures need not wait for them. */
  void warmUp() {
    for (int i = 0; i < settings.processes(); i++) {
      threads.execute(() -> {
        try {
          idle.push(start());
        } catch (IOException | RejectedExecutionException e) {
          if (!closed.get()) {
            LOG.warn("A decoding process does not start; tried again with the next picture.", e);
          }
        }
      });
    }
  }

  @Override
  public DecodedPicture decode(Path file, ImageHeader header) throws IOException {
    try {
      return threads.submit(() -> tryDecode(file, header)).get();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("decoding interrupted");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof ImageFaultException fault) {
        throw fault;
      }
      throw new IOException("no decoding process can be had", e.getCause());
    } catch (CancellationException | RejectedExecutionException e) {
      throw new IOException("the decoders are closed", e);
    }
  }

  /** Kills all processes; pictures in them are read again by the next owner of their records. */
  @Override
  public void close() {
    closed.set(true);
    for (Runnable waiting : threads.shutdownNow()) {
      if (waiting instanceof Future<?> picture) {
        picture.cancel(false); // Whoever waits for it would wait for ever.
      }
    }
    watchdog.shutdownNow();
    running.forEach(DecoderChild::close);
  }

  private DecodedPicture tryDecode(Path file, ImageHeader header) throws IOException {
    for (int attempt = 1; attempt <= TRIES; attempt++) {
      DecoderChild child = attempt == 1 ? idleOrNew() : start();
      AtomicBoolean late = new AtomicBoolean();
      ScheduledFuture<?> kill = killLater(child, settings.deadline(), late);
      boolean usable = false;
      try {
        DecodedPicture picture = child.decode(file, header);
        usable = true;
        return picture;
      } catch (ImageFaultException fault) {
        usable = true;
        throw fault;
      } catch (IOException e) {
        died(child, late.get(), e);
      } finally {
        kill.cancel(false);
        giveBack(child, usable);
      }
    }
    throw ImageFaultException.corrupt("it cannot be decoded");
  }

  private void died(DecoderChild child, boolean late, IOException cause) throws IOException {
    if (closed.get()) {
      throw cause;
    }
    if (late) {
      LOG.warn("Decoding process {} took too long; it is killed and replaced.", child.pid());
      throw new ImageFaultException(
          FailureCode.TOO_MANY_PIXELS,
          "Decoding it takes too long (expected: at most "
              + settings.deadline().toSeconds()
              + " s).");
    }
    LOG.warn("Decoding process {} died; it is replaced.", child.pid(), cause);
  }

  private ScheduledFuture<?> killLater(DecoderChild child, Duration after, AtomicBoolean late) {
    return watchdog.schedule(
        () -> {
          late.set(true);
          child.close();
        },
        after.toMillis(),
        TimeUnit.MILLISECONDS);
  }

  private DecoderChild idleOrNew() throws IOException {
    DecoderChild child = idle.poll();
    while (child != null && !child.isAlive()) {
      running.remove(child);
      child = idle.poll();
    }
    return child == null ? start() : child;
  }

  /** It can be killed before it is ready: by the watchdog, and by the end of the service. */
  private DecoderChild start() throws IOException {
    DecoderChild child = DecoderChild.start(command, environment);
    running.add(child);
    if (closed.get()) {
      child.close();
    }
    boolean ready = false;
    ScheduledFuture<?> kill = killLater(child, settings.startWithin(), new AtomicBoolean());
    try {
      child.awaitReady();
      ready = true;
      return child;
    } finally {
      kill.cancel(false);
      if (!ready) {
        giveBack(child, false);
      }
    }
  }

  private void giveBack(DecoderChild child, boolean usable) {
    if (usable && child.decoded() < settings.picturesPerProcess() && child.isAlive()) {
      idle.push(child);
    } else {
      running.remove(child);
      child.close();
    }
  }
}
