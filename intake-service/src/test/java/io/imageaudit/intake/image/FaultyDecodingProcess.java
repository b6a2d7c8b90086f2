package io.imageaudit.intake.image;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/**
 * A decoding process with the faults that native decoders have, asked for by the name of the file:
 * it hangs, dies, dies once, or says nonsense.
 */
final class FaultyDecodingProcess {

  private FaultyDecodingProcess() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    DataInputStream in = new DataInputStream(System.in);
    DataOutputStream out = new DataOutputStream(System.out);
    out.writeByte(DecoderProtocol.READY);
    out.flush();
    while (true) {
      Path file = DecoderProtocol.readRequest(in).file();
      switch (file.getFileName().toString()) {
        case "hangs" -> new CountDownLatch(1).await();
        case "dies" -> Runtime.getRuntime().halt(139);
        case "dies-once" -> {
          if (Files.notExists(file)) {
            Files.createFile(file);
            Runtime.getRuntime().halt(139);
          }
        }
        case "nonsense" -> out.writeByte(77);
        default -> {
          // Nothing is wrong with this one.
        }
      }
      DecoderProtocol.write(
          out, new DecodedPicture(new PerceptualHash("0".repeat(64), 1), new Preview(new byte[0])));
    }
  }
}
