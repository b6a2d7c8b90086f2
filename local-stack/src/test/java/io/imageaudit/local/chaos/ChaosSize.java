package io.imageaudit.local.chaos;

import io.imageaudit.local.layout.PartName;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/**
 * How large a run is: small in the build, larger by system properties.
 *
 * @param victims the services that are killed ({@code chaos.victims})
 * @param kills how often each is ({@code chaos.kills})
 * @param audits how many audits there are ({@code chaos.audits})
 * @param perSecond how many of them are submitted per second, 0 for as many as are taken ({@code
 *     chaos.rate})
 * @param failing callbacks of a hundred that the receiver refuses at first ({@code chaos.failing})
 * @param outage how long a part is away ({@code chaos.outage}, seconds)
 * @param seed where the randomness starts ({@code chaos.seed})
 */
record ChaosSize(
    List<PartName> victims,
    int kills,
    int audits,
    int perSecond,
    int failing,
    Duration outage,
    long seed) {

  /** The size of this run, the given numbers where no property says otherwise. */
  static ChaosSize orElse(int kills, int audits, Duration outage) {
    return new ChaosSize(
        victims(System.getProperty("chaos.victims", "gateway,intake,worker,notification")),
        Integer.getInteger("chaos.kills", kills),
        Integer.getInteger("chaos.audits", audits),
        Integer.getInteger("chaos.rate", 0),
        Integer.getInteger("chaos.failing", 10),
        Duration.ofSeconds(Long.getLong("chaos.outage", outage.toSeconds())),
        Long.getLong("chaos.seed", 1));
  }

  private static List<PartName> victims(String names) {
    return Pattern.compile(",")
        .splitAsStream(names)
        .map(name -> PartName.parse(name).orElseThrow())
        .toList();
  }
}
