package io.imageaudit.intake.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;

/**
 * The command line of a decoding process: this very Java platform with this very class path, in a
 * small heap. The packaged service is one jar of jars, which only its own launcher can open.
 */
final class DecoderCommand {

  private static final String LAUNCHER =
      "org.springframework.boot.loader.launch.PropertiesLauncher";

  /** Where a process may write; its environment does not tell it. */
  private static final List<String> PLACES =
      List.of("java.io.tmpdir", "org.bytedeco.javacpp.cachedir");

  private DecoderCommand() {}

  static List<String> line(int heapMegabytes) {
    String classPath = System.getProperty("java.class.path", "");
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(
        List.of(
            "-Xmx" + heapMegabytes + "m",
            "-Xss512k",
            "-XX:+UseSerialGC",
            "-XX:-UsePerfData",
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:ErrorFile=/dev/null",
            // What a picture takes is bounded by its header; a decoder's memory is freed by hand.
            "-Dorg.bytedeco.javacpp.nopointergc=true",
            "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0",
            "--enable-native-access=ALL-UNNAMED"));
    for (String place : PLACES) {
      if (System.getProperty(place) instanceof String chosen) {
        line.add("-D" + place + "=" + chosen);
      }
    }
    boolean packaged = isJarOfJars(classPath);
    if (packaged) {
      line.add("-Dloader.main=" + DecodingProcess.class.getName());
    }
    line.addAll(List.of("-cp", classPath));
    line.add(packaged ? LAUNCHER : DecodingProcess.class.getName());
    return line;
  }

  private static boolean isJarOfJars(String classPath) {
    if (!classPath.endsWith(".jar") || !Files.isRegularFile(Path.of(classPath))) {
      return false;
    }
    try (JarFile jar = new JarFile(classPath)) {
      return jar.getEntry("BOOT-INF/classes/") != null;
    } catch (IOException _) {
      return false;
    }
  }
}
