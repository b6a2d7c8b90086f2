package io.imageaudit.gateway.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import org.apache.catalina.connector.ClientAbortException;
import org.apache.tomcat.util.http.fileupload.FileUploadException;
import org.apache.tomcat.util.http.fileupload.MultipartStream;
import org.junit.jupiter.api.Test;
import org.springframework.web.multipart.MultipartException;

class MultipartFaultsTest {

  @Test
  void a_disk_that_takes_nothing_more_is_a_fault_of_ours() {
    assertThat(MultipartFaults.isOurs(form(new IOException("No space left on device")))).isTrue();
    assertThat(MultipartFaults.isOurs(form(new FileNotFoundException("upload_1.tmp")))).isTrue();
  }

  @Test
  void a_form_that_is_none_or_breaks_off_is_not() {
    assertThat(MultipartFaults.isOurs(form(new MultipartStream.MalformedStreamException("x"))))
        .isFalse();
    assertThat(MultipartFaults.isOurs(form(new EOFException()))).isFalse();
    assertThat(
            MultipartFaults.isOurs(
                form(new ClientAbortException(new SocketTimeoutException("too slow")))))
        .isFalse();
    assertThat(MultipartFaults.isOurs(new MultipartException("the form broke off"))).isFalse();
  }

  private static MultipartException form(IOException cause) {
    return new MultipartException("x", new IOException(new FileUploadException("y", cause)));
  }
}
