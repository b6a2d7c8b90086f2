package io.imageaudit.intake.image;

import io.imageaudit.model.FailureCode;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;

/**
 * What the service and a decoding process say to each other over the process's pipes: one request,
 * one answer, again and again.
 */
final class DecoderProtocol {

  /** Says that the process is ready; sent once, before the first request. */
  static final int READY = 0x49;

  private static final int DECODED = 1;
  private static final int FAULT = 2;

  private DecoderProtocol() {}

  /**
   * A picture to decode.
   *
   * @param file where it lies
   * @param header what its header says
   */
  record Request(Path file, ImageHeader header) {}

  static void write(DataOutputStream out, Request request) throws IOException {
    ImageHeader header = request.header();
    out.writeUTF(request.file().toString());
    out.writeUTF(header.format().name());
    out.writeInt(header.width());
    out.writeInt(header.height());
    out.writeBoolean(header.alpha());
    out.writeByte(header.exif().orientation());
    out.flush();
  }

  static Request readRequest(DataInputStream in) throws IOException {
    Path file = Path.of(in.readUTF());
    ImageFormat format = ImageFormat.valueOf(in.readUTF());
    ImageHeader plain = ImageHeader.plain(format, in.readInt(), in.readInt(), 1);
    boolean alpha = in.readBoolean();
    return new Request(file, plain.with(alpha, false, new Exif(in.readByte(), null, null)));
  }

  static void write(DataOutputStream out, DecodedPicture picture) throws IOException {
    out.writeByte(DECODED);
    out.writeUTF(picture.hash().hex());
    out.writeInt(picture.hash().quality());
    picture.preview().writeTo(out);
    out.flush();
  }

  static void write(DataOutputStream out, ImageFaultException fault) throws IOException {
    out.writeByte(FAULT);
    out.writeUTF(fault.failure().code().name());
    out.writeUTF(fault.failure().message());
    out.flush();
  }

  /**
   * Reads an answer.
   *
   * @throws ImageFaultException when the answer is that the picture cannot be decoded
   * @throws IOException when there is no whole answer
   */
  static DecodedPicture readAnswer(DataInputStream in) throws IOException {
    int kind = in.readByte();
    return switch (kind) {
      case DECODED ->
          new DecodedPicture(new PerceptualHash(in.readUTF(), in.readInt()), Preview.readFrom(in));
      case FAULT -> throw new ImageFaultException(FailureCode.valueOf(in.readUTF()), in.readUTF());
      default -> throw new IOException("an answer of kind " + kind);
    };
  }
}
