package io.imageaudit.intake.image;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * The process that decodes: reads requests from its standard input and writes answers to its
 * standard output until its input ends, which happens also when the service is killed. Nothing but
 * a picture that was judged harmless by its header is decoded here, and nothing but this process is
 * lost when that picture kills or hangs the decoder.
 */
final class DecodingProcess {

  private DecodingProcess() {}

  /**
   * Decodes until the input ends.
   *
   * @param arguments the file that standard error goes to
   */
  public static void main(String[] arguments) throws IOException {
    DataInputStream in = new DataInputStream(new BufferedInputStream(System.in));
    DataOutputStream out = new DataOutputStream(new BufferedOutputStream(System.out));
    // Whatever else is printed in this process must not end up between the answers.
    System.setOut(new PrintStream(System.err, true, StandardCharsets.UTF_8));
    NativeComplaints complaints = NativeComplaints.in(Path.of(arguments[0]));
    try (PixelDecoder decoder = new OpenCvPixelDecoder(complaints)) {
      out.writeByte(DecoderProtocol.READY);
      out.flush();
      while (true) {
        answer(decoder, DecoderProtocol.readRequest(in), out);
      }
    } catch (EOFException _) {
      return; // The service needs no more.
    }
  }

  private static void answer(
      PixelDecoder decoder, DecoderProtocol.Request request, DataOutputStream out)
      throws IOException {
    DecodedPicture picture;
    try {
      picture = decoder.decode(request.file(), request.header());
    } catch (ImageFaultException fault) {
      DecoderProtocol.write(out, fault);
      return;
    }
    DecoderProtocol.write(out, picture);
  }
}
