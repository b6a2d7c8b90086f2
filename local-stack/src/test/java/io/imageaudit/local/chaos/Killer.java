package io.imageaudit.local.chaos;

import static org.awaitility.Awaitility.await;

import io.imageaudit.local.layout.PartName;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.IntSupplier;
import java.util.random.RandomGenerator;

/**
 * Kills one part again and again, each time when the run has come to a point chosen at random, and
 * starts it again. The run does not get far while it starts, so each kill meets work.
 *
 * @param faults what can be done to it
 * @param victim the part
 * @param kills how often
 * @param load the run
 * @param progress how far the run has come
 * @param whole where the run ends
 * @param random chooses the points
 */
record Killer(
    Faults faults,
    PartName victim,
    int kills,
    Load load,
    IntSupplier progress,
    int whole,
    RandomGenerator random)
    implements Callable<Void> {

  private static final Duration OFTEN = Duration.ofMillis(20);

  @Override
  public Void call() throws Exception {
    int[] points = random.ints(kills, whole / 20, whole * 9 / 10).sorted().toArray();
    for (int point : points) {
      load.holdAt(victim.text(), point);
      await("kill of " + victim.text() + " at " + point)
          .atMost(Load.PATIENCE)
          .pollInterval(OFTEN)
          .until(() -> progress.getAsInt() >= point);
      faults.kill(victim);
      faults.restart(victim);
    }
    load.release(victim.text());
    return null;
  }
}
