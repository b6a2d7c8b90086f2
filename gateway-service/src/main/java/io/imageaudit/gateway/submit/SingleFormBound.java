package io.imageaudit.gateway.submit;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.multipart.MultipartHttpServletRequest;
import org.springframework.web.multipart.support.StandardServletMultipartResolver;

/**
 * Refuses a form for one image before it is read when it cannot but be too large. The server's own
 * bound is that of a batch; a form that does not say how long it is, is refused once it is read.
 */
final class SingleFormBound extends StandardServletMultipartResolver {

  /** Room in a form for everything but the image, bytes. */
  private static final long OTHER_PARTS = 64 << 10;

  private final String path;
  private final long most;

  /**
   * Bounds the forms of one path.
   *
   * @param mostImageBytes largest image in a file part
   */
  SingleFormBound(String path, long mostImageBytes) {
    this.path = path;
    this.most = mostImageBytes + OTHER_PARTS;
  }

  @Override
  public MultipartHttpServletRequest resolveMultipart(HttpServletRequest request) {
    if (request.getContentLengthLong() > most && path.equals(request.getRequestURI())) {
      throw new MaxUploadSizeExceededException(most);
    }
    return super.resolveMultipart(request);
  }
}
