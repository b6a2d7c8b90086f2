package io.imageaudit.intake.image;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One running decoding process, used by one caller at a time. */
final class DecoderChild implements AutoCloseable {

  private final Process process;
  private final Path complaints;
  private final DataInputStream answers;
  private final DataOutputStream requests;
  private int decoded;

  private DecoderChild(Process process, Path complaints) {
    this.process = process;
    this.complaints = complaints;
    this.answers = new DataInputStream(new BufferedInputStream(process.getInputStream()));
    this.requests = new DataOutputStream(new BufferedOutputStream(process.getOutputStream()));
  }

  /**
   * Starts a process, which is not ready yet.
   *
   * @param environment all of its environment
   * @throws IOException when it cannot be started
   */
  static DecoderChild start(List<String> command, Map<String, String> environment)
      throws IOException {
    Path complaints = Files.createTempFile("decoder-", ".err");
    List<String> line = new ArrayList<>(command);
    line.add(complaints.toString());
    ProcessBuilder builder =
        new ProcessBuilder(line)
            .redirectError(ProcessBuilder.Redirect.appendTo(complaints.toFile()));
    builder.environment().clear();
    builder.environment().putAll(environment);
    try {
      return new DecoderChild(builder.start(), complaints);
    } catch (IOException e) {
      Files.deleteIfExists(complaints);
      throw e;
    }
  }

  /**
   * Waits until the process is ready, however long that takes: whoever starts it ends it when that
   * is too long.
   *
   * @throws IOException when it does not become ready
   */
  void awaitReady() throws IOException {
    try {
      if (answers.readByte() != DecoderProtocol.READY) {
        throw new IOException("the decoding process says something else than that it is ready");
      }
    } finally {
      Files.deleteIfExists(complaints); // The process holds it open, or has failed.
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
