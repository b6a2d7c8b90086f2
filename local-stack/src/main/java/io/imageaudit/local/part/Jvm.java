package io.imageaudit.local.part;

import io.imageaudit.local.process.Programs;
import java.util.ArrayList;
import java.util.List;

/**
 * How Java processes of the stack run: small, and quick to start rather than quick in the long run,
 * because a start on few cores is bound by compiling.
 *
 * @param heapMebibytes largest heap
 * @param directMebibytes most memory outside the heap that Java itself hands out
 */
record Jvm(int heapMebibytes, int directMebibytes) {

  /** The program and its options, to be followed by what to run. */
  List<String> command(String... options) {
    List<String> command = new ArrayList<>();
    command.add(Programs.java().toString());
    command.add("-Xmx" + heapMebibytes + "m");
    command.add("-XX:MaxDirectMemorySize=" + directMebibytes + "m");
    command.add("-XX:+UseSerialGC");
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-XX:+ExitOnOutOfMemoryError");
    command.add("-XX:-UsePerfData");
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("--sun-misc-unsafe-memory-access=allow");
    command.add("-Duser.timezone=UTC");
    command.addAll(List.of(options));
    return command;
  }
}
