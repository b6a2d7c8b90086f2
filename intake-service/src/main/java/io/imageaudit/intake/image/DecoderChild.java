package io.imageaudit.intake.image;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** One running decoding process, used by one caller at a time. */
final class DecoderChild implements AutoCloseable {

  private final Process process;
  private final DataInputStream answers;
  private final DataOutputStream requests;
  private int decoded;

  private DecoderChild(Process process) {
    this.process = process;
    this.answers = new DataInputStream(new BufferedInputStream(process.getInputStream()));
    this.requests = new DataOutputStream(new BufferedOutputStream(process.getOutputStream()));
  }

  /**
   * Starts a process and waits until it is ready.
   *
   * @throws IOException when it does not become ready
   */
  static DecoderChild start(List<String> command) throws IOException {
    DecoderChild child =
        new DecoderChild(
            new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start());
    try {
      if (child.answers.readByte() != DecoderProtocol.READY) {
        throw new IOException("the decoding process says something else than that it is ready");
      }
      return child;
    } catch (IOException e) {
      child.close();
      throw e;
    }
  }

  /**
   * Lets the process decode.
   *
   * @throws ImageFaultException when it answers that the picture cannot be decoded
   * @throws IOException when it dies instead of answering; it is of no more use then
   */
  DecodedPicture decode(Path file, ImageHeader header) throws IOException {
    decoded++;
    DecoderProtocol.write(requests, new DecoderProtocol.Request(file, header));
    return DecoderProtocol.readAnswer(answers);
  }

  /** How many pictures it was given. */
  int decoded() {
    return decoded;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  long pid() {
    return process.pid();
  }

  /** Kills the process; whoever waits for its answer is told so. May be called by anybody. */
  @Override
  public void close() {
    process.destroyForcibly();
  }
}
